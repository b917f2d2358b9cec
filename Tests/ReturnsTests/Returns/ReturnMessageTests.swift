import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import Returns

@Suite("What is written on the helpdesk's ticket of a return", .enabled(if: ReturnsBench.isThere))
struct ReturnMessageTests {
    private func request(
        _ id: ReturnID, _ bench: ReturnsBench
    ) async throws -> PostReturnMessageHandler.Request {
        let handler = PostReturnMessageHandler(accounts: .only(TestHelpdesk()))
        let command = PostReturnMessage(returnID: id, message: .label)
        let plan = try await bench.handle { try await handler.plan(command, in: $0) }
        guard case .effect(_, let request) = plan else { throw Refusal(code: "no_effect", message: "\(plan)") }
        return request
    }

    @Test(
        "it is in the language of the mails: what was asked for, else the order's; the ticket's where there is neither",
        arguments: [
            ("fr", nil, "Bonjour"), ("fr-CA", "en", "Bonjour"), (nil, "fr-CA", "Bonjour"), ("de", "fr", "Bonjour"),
            ("en", "fr", "Hello"), (nil, nil, nil), ("de", "nl", nil),
        ] as [(String?, String?, String?)])
    func language(asked: String?, ordered: String?, hello: String?) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            if let ordered { try await bench.order(in: ordered) }
            let id = try await bench.ask {
                $0.helpdesk = .init(provider: "zendesk", ticketID: "1")
                $0.locale = asked
            }
            let request = try await request(id, bench)
            #expect(request.text.hasPrefix(hello ?? "Hello"))
            #expect(request.translations?.keys.sorted() == (hello == nil ? ["fr"] : nil))
        }
    }
}

extension ReturnsBench {
    /// The language that the customer has bought in.
    fileprivate func order(in locale: String) async throws {
        try await asOwner { [orderID] database in
            try await database.execute(
                """
                UPDATE order_ingest.orders SET document = jsonb_set(document, '{customer,locale}', to_jsonb(\(locale)::text))
                WHERE id = \(orderID.uuid)
                """)
        }
    }
}
