import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing

@testable import Returns

@Suite("News of Stripe about refunds", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct StripeNewsTests {
    private static let movement =
        #"{"id":901,"kind":"refund","status":"success","amount":"54.00","parent_id":801}"#

    private func part(_ status: RefundStatus, after seconds: TimeInterval = 0) -> StripePart {
        StripePart(
            parentID: "801", amount: "54.00", externalID: "re_1", status: status,
            error: status == .failed ? Refusal(code: "declined", message: "no") : nil,
            readAt: Date(timeIntervalSince1970: 1_772_619_330 + seconds))
    }

    private func settle(
        _ id: RefundID, _ part: StripePart, isRecorded: Bool = true, _ bench: ReturnsBench
    ) async throws -> RefundStatus? {
        let movements = try JSONDecoder().decode([ShopifyTransaction].self, from: Data("[\(Self.movement)]".utf8))
        let news =
            isRecorded
            ? ShopRefund(id: "9", movements: movements, atStripe: StripeShare(parts: [part], isAll: true)).news
            : RefundNews(atStripe: [part], since: .requested)
        return try await bench.handle { try await RefundSettlement(transaction: $0).settle(id, news) }
    }

    private func event(_ refund: String, _ status: String, id: String = "re_1") -> String {
        """
        {"id":"evt_1","object":"event","type":"refund.updated","created":1772619330,"data":{"object":
         {"id":"\(id)","object":"refund","amount":5400,"currency":"usd","status":"\(status)",
          "metadata":{"stateset_refund":"\(refund)-801"}}}}
        """
    }

    /// - Returns: the refunds that are to be looked at again.
    private func hear(_ event: String, _ bench: ReturnsBench) async throws -> [RefundID] {
        let envelope = try Envelope(
            Envelope.Attributes(
                id: UUIDv7.make().uuidString, type: "webhook.stripe.refund.updated", source: "test",
                workspaceid: bench.workspaceID),
            data: RawJSON(text: #"{"topic":"refund.updated","payload":\#(event)}"#))
        let sent = try await bench.handleAndSend { try await ReceiveStripeRefund().handle(envelope, in: $0) }.sent
        return try sent.filter { $0.attributes.type == CheckRefund.name }.map {
            try $0.data(CheckRefund.self).refundID
        }
    }

    @Test("a failure days later stands against the shop's record, and the next refund is not recorded over it")
    func lateFailure() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.request(amount: "54.00")
            #expect(try await settle(id, part(.succeeded), bench) == .succeeded)
            #expect(try await bench.tender().refunded == 5_400)
            #expect(try await settle(id, part(.failed, after: 60), bench) == .failed)
            for _ in 0..<2 {
                try await bench.readPaidOrder(
                    refunds: #"[{"id":9,"note":"[\#(id)]","transactions":[\#(Self.movement)]}]"#,
                    further: ",\(Self.movement)")
                let refund = try await bench.handle { try await RefundStore($0).find(id) }
                #expect(refund?.status == .failed && refund?.error?.code == "declined")
                #expect(try await bench.tender().refunded == 0)
            }
            let next = try await bench.request(amount: "60.00")
            let request = try await bench.handle {
                let refund = try #require(try await RefundStore($0).find(next))
                return try await ShopRefundRequest(refund, shopOrder: "77", in: $0)
            }
            #expect(request.payments == [.init(parentID: "801", amount: "60.00")])
            #expect(request.unrecorded == [.init(parentID: "801", amount: "6.00")])
        }
    }

    @Test("what was read before Stripe took its word back is not believed, and looked at again")
    func outdated() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.request(amount: "54.00")
            #expect(try await settle(id, part(.pending), isRecorded: false, bench) == .pending)
            #expect(try await settle(id, part(.failed, after: 60), isRecorded: false, bench) == .failed)
            #expect(try await settle(id, part(.succeeded, after: 30), bench) == .failed)
            #expect(try await bench.tender().refunded == 0)
        }
    }

    @Test("given at Stripe, a refund is sent on to the shop; until that has it, nothing is booked")
    func sentOn() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.request(amount: "54.00")
            #expect(try await settle(id, part(.pending), isRecorded: false, bench) == .pending)
            let handler = CheckRefundHandler(accounts: .onlyShopify(StubHTTP([:])))
            let share = StripeShare(parts: [part(.succeeded, after: 60)], isAll: true)
            let (reply, sent) = try await bench.handleAndSend {
                try await handler.settle(
                    .init(inShop: nil, atStripe: share), of: .init(shopOrder: "77", reference: "\(id)"),
                    for: CheckRefund(refundID: id), in: $0)
            }
            #expect(reply.status == .pending)
            #expect(sent.contains { $0.attributes.type == SendRefund.name })
            #expect(try await bench.tender().pending == 5_400)
            let request: ShopRefundRequest = try await bench.handle {
                let sending = SendRefundHandler(accounts: .onlyShopify(StubHTTP([:])))
                guard case .effect(let key, let request) = try await sending.plan(SendRefund(refundID: id), in: $0)
                else { throw Refusal(code: "unplanned", message: "nothing is sent") }
                #expect(key == "refund:\(id):shop")
                return request
            }
            #expect(request.given?.map(\.externalID) == ["re_1"])
        }
    }

    @Test("an event has its refund looked at where it tells something new, also of what no call wrote down")
    func events() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.request(amount: "54.00")
            #expect(try await settle(id, part(.succeeded), bench) == .succeeded)
            #expect(try await hear(event("\(id)", "succeeded"), bench).isEmpty)
            #expect(try await hear(event("\(id)", "failed"), bench) == [id])
            #expect(try await hear(event("\(RefundID())", "failed"), bench).isEmpty)
            let lost = try await bench.request(amount: "54.00")
            _ = try await bench.settle(lost, as: .failed)
            #expect(try await hear(event("\(lost)", "succeeded", id: "re_2"), bench) == [lost])
            let share = try await bench.handle { try await StripeRefundStore($0).share(of: lost) }
            #expect(share?.parts.map(\.externalID) == ["re_2"] && share?.isAll == true)
        }
    }
}
