import Commerce
import Contracts
import Foundation
import Providers
import Testing

@testable import Messaging
@testable import Returns

@Suite("Asking for refunds", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct RequestRefundTests {
    @Test("fifty requests at a time for units that can be refunded once: one is taken", arguments: [true, false])
    func fiftyAtATime(byLines: Bool) async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let outcomes = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            _ =
                                byLines
                                ? try await bench.request(lines: [.init(lineID: "1", quantity: 2)])
                                : try await bench.request(amount: "113.00")
                            return nil
                        } catch {
                            return (error as? Refusal)?.code ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(Set(outcomes.compactMap { $0 }) == ["nothing_refundable"])
            #expect(try await bench.entries() == ["captured", "refund_requested"])
        }
    }

    @Test("units in any parts come to exactly what was paid for them")
    func parts() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            for _ in 0..<2 { _ = try await bench.request(lines: [.init(lineID: "1", quantity: 1)]) }
            #expect(try await bench.tender().pending == 10_800)
            #expect(try await bench.balance(.goods) == 0)
            #expect(try await bench.balance(.tax) == 0)
            #expect(try await bench.balance(.shipping) == -500)
        }
    }

    @Test("a wrong request is refused with its reason, and nothing is held")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let wrong: [(lines: [RequestRefund.Line]?, amount: String?, code: String)] = [
                ([.init(lineID: "none", quantity: 1)], nil, "unknown_line"),
                ([.init(lineID: "1", quantity: 0)], nil, "bad_quantity"),
                ([.init(lineID: "1", quantity: 3)], nil, "nothing_refundable"),
                (nil, "-1.00", "bad_amount"), (nil, "0.001", "bad_amount"), (nil, "a lot", "bad_amount"),
                (nil, "113.01", "nothing_refundable"), (nil, nil, "bad_refund"),
            ]
            for request in wrong {
                let refusal = await #expect(throws: Refusal.self) {
                    try await bench.request(lines: request.lines, amount: request.amount)
                }
                #expect(refusal?.code == request.code)
            }
            #expect(try await bench.tender().room == 11_300)
        }
    }

    @Test("goodwill as store credit takes the room of the payments and goes to the customer's credit, not to them")
    func storeCredit() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let id = try await bench.request(amount: "10.00", resolution: .storeCredit)
            #expect(try await bench.tender().pending == 1_000)
            let request = try await bench.handle {
                let refund = try #require(try await RefundStore($0).find(id))
                return try await ShopRefundRequest(refund, shopOrder: "77", in: $0)
            }
            #expect(request.storeCredit?.text == "10.00" && request.lines.isEmpty)
            let draft = request.draft([])
            #expect(draft.storeCredit?.amount.text == "10.00" && draft.payments.isEmpty)
            let tooMuch = await #expect(throws: Refusal.self) {
                try await bench.request(amount: "103.01", resolution: .storeCredit)
            }
            #expect(tooMuch?.code == "nothing_refundable")
            let goods = await #expect(throws: Refusal.self) {
                try await bench.request(amount: "1.00", resolution: .exchange)
            }
            #expect(goods?.field == "resolution")
        }
    }

    @Test("an order of which no payment is known has nothing to give back")
    func unpaid() async throws {
        try await ReturnsBench.run { bench in
            let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: "1.00") }
            #expect(refusal?.code == "nothing_refundable")
        }
    }
}
