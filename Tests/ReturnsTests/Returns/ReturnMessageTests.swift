import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Support
import Testing
import Views

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

    /// A message that its helpdesk has taken and not sent yet, and what looks after it.
    private struct Pending {
        let bench: ReturnsBench
        let id: ReturnID
        let desk = TestHelpdesk()
        let request: PostReturnMessageHandler.Request

        private var call: EffectCall {
            EffectCall(workspaceID: bench.workspaceID, key: "k", now: Date(timeIntervalSince1970: 0))
        }

        /// Posts it.
        func post() async throws {
            let handler = PostReturnMessageHandler(accounts: .only(desk))
            let outcome = try await handler.perform(request, for: call)
            let command = PostReturnMessage(returnID: id, message: .label)
            try await bench.handle { [request] in
                _ = try await handler.settle(outcome, of: request, for: command, in: $0)
            }
        }

        func becomes(_ delivery: HelpdeskDelivery) {
            desk.change { $0.messages[0].delivery = delivery }
        }

        /// What a look at it tells.
        func look(_ number: Int) async throws -> [Envelope] {
            let handler = CheckReturnMessageHandler(accounts: .only(desk))
            let command = CheckReturnMessage(returnID: id, message: .label, key: request.key, look: number)
            guard case .read(let asked) = try await bench.handle({ try await handler.plan(command, in: $0) }) else {
                throw Refusal(code: "no_look", message: "\(command)")
            }
            let sight = try await handler.perform(asked, for: call)
            return try await bench.handleAndSend {
                _ = try await handler.settle(sight, of: asked, for: command, in: $0)
            }.sent
        }

        /// In how many minutes each look is due.
        func waits() async throws -> [Int] {
            try await bench.handle { transaction in
                try await transaction.database.query(
                    "SELECT due_at FROM timers WHERE workspace_id = \(transaction.workspaceID.uuid) ORDER BY due_at"
                ).map { row in
                    let due: Date = try row("due_at")
                    return Int((due.timeIntervalSince(transaction.now) / 60).rounded())
                }
            }
        }

        func told() async throws -> [String] {
            try await bench.record(id).timeline?.map(\.type).filter { $0.hasPrefix("return.message_") } ?? []
        }
    }

    private func run(_ test: @Sendable (Pending) async throws -> Void) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            let pending = Pending(bench: bench, id: id, request: try await request(id, bench))
            pending.desk.change { $0.delivery = .pending }
            try await pending.post()
            try await test(pending)
        }
    }

    @Test("a message that the helpdesk takes and then cannot send is an alert and a line of the return, once")
    func unsent() async throws {
        try await run { (pending: Pending) async throws in
            #expect(try await pending.waits() == [10])
            pending.becomes(.failed(reason: "The address is not connected."))
            let sent = try await pending.look(0) + pending.look(0)
            #expect(sent.types == [SendSlackAlert.name])
            let alert: SendSlackAlert = try #require(sent.first).data()
            #expect(alert.alert.text.contains("'label'") && alert.alert.text.contains("The address is not connected."))
            #expect(alert.alert.fields["return"] == "\(pending.id)" && alert.alert.fields["ticket"] == "gorgias:1")
            #expect(try await pending.told() == ["return.message_posted", "return.message_unsent"])
        }
    }

    @Test("one that is not sent yet is looked at again, and told of after a day; one that was sent is not")
    func late() async throws {
        try await run { (pending: Pending) async throws in
            #expect(try await pending.look(0).isEmpty)
            #expect(try await pending.waits() == [10, 60])
            #expect(try await pending.look(1).isEmpty)
            #expect(try await pending.waits() == [10, 60, 1440])
            pending.becomes(.delivered)
            #expect(try await pending.look(2).isEmpty)
            #expect(try await pending.told() == ["return.message_posted"])
            pending.becomes(.pending)
            #expect(try await pending.look(2).types == [SendSlackAlert.name])
            #expect(try await pending.waits().count == 3)
        }
    }

    @Test("one that is gone from its ticket is a line of the return, and no alert")
    func unseen() async throws {
        try await run { (pending: Pending) async throws in
            pending.desk.change { $0.messages = [] }
            #expect(try await pending.look(0).isEmpty)
            #expect(try await pending.told() == ["return.message_posted", "return.message_unseen"])
        }
    }

    @Test("a helpdesk that has sent a message as it takes it is not asked again")
    func sentAtOnce() async throws {
        try await run { (pending: Pending) async throws in
            pending.desk.change { $0.delivery = .delivered }
            try await pending.post()
            #expect(try await pending.waits() == [10])
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
