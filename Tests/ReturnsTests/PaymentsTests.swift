import Commerce
import Contracts
import Foundation
import Testing

@testable import Messaging
@testable import Returns

@Suite("Payments of an order", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct PaymentsTests {
    private static let refund = #"""
        [{"id":9,"refund_line_items":[{"line_item_id":1,"quantity":1,"subtotal":50.0,"total_tax":4.0}],
          "transactions":[{"id":901,"kind":"refund","status":"success","amount":"54.00","parent_id":801}]}]
        """#

    private static func movement(_ status: String) -> String {
        #",{"id":901,"kind":"refund","status":"\#(status)","amount":"54.00","parent_id":801}"#
    }

    @Test("a capture is posted to what it paid for, once however often it is read")
    func capture() async throws {
        try await ReturnsBench.run { bench in
            for _ in 0..<3 { try await bench.readPaidOrder() }
            #expect(try await bench.entries() == ["captured"])
            #expect(try await bench.tender().captured == 11_300)
            #expect(try await bench.balance(.goods) == -10_000)
            #expect(try await bench.balance(.tax) == -800)
            #expect(try await bench.balance(.shipping) == -500)
        }
    }

    @Test("a refund made by hand takes room and units; failing, it gives both back")
    func refundByHand() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            for _ in 0..<2 { try await bench.readPaidOrder(refunds: Self.refund, further: Self.movement("success")) }
            #expect(try await bench.entries() == ["captured", "refund_in_shop"])
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.balance(.goods) == -5000)
            await #expect(throws: Refusal.self) {
                try await bench.request(lines: [.init(lineID: "1", quantity: 2)])
            }
            for _ in 0..<2 { try await bench.readPaidOrder(refunds: Self.refund, further: Self.movement("failure")) }
            #expect(try await bench.entries() == ["captured", "refund_in_shop", "refund_in_shop_failed"])
            #expect(try await bench.tender().room == 11_300)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 2)])
        }
    }

    @Test("what the shop gave back of what was reserved here is written down, and nothing more is promised")
    func exceeded() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            _ = try await bench.request(amount: "100.00")
            try await bench.readPaidOrder(refunds: Self.refund, further: Self.movement("success"))
            let tender = try await bench.tender()
            #expect(tender.refunded == 5400 && tender.pending == 10_000 && tender.room == 0)
            let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: "0.01") }
            #expect(refusal?.code == "nothing_refundable")
        }
    }

    @Test("a line that is added to the order and paid for is refunded like every other; the first stays as it was sold")
    func edited() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let slip = #",{"id":2,"sku":"SLIP","quantity":1,"price":"20.00","tax_lines":[]}]}"#
            let edited = String(ReturnsBench.paidOrder().dropLast(2)) + slip
            for _ in 0..<2 {
                try await bench.read(
                    edited,
                    """
                    [{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"113.00"},
                     {"id":802,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"20.00"}]
                    """)
            }
            #expect(try await bench.entries() == ["captured", "captured"])
            #expect(try await bench.balance(.goods) == -12_000)
            #expect(try await bench.balance(.tax) == -800)
            #expect(try await bench.balance(.other) == 0)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 2), .init(lineID: "2", quantity: 1)])
            #expect(try await bench.balance(.goods) == 0)
        }
    }

    private static let paid =
        #"[{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"113.00"}]"#

    /// One robe of the two is no part of the order any more.
    private static func cutDown(refunds: String = "[]") -> String {
        ReturnsBench.paidOrder(refunds: refunds)
            .replacing(#""quantity":2,"price""#, with: #""quantity":2,"current_quantity":1,"price""#)
    }

    @Test("units that an edit has removed are not given back again, and the others at their own price")
    func removed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            for _ in 0..<2 { try await bench.read(Self.cutDown(), Self.paid) }
            #expect(try await bench.heldUnits() == 1)
            let refusal = await #expect(throws: Refusal.self) { try await bench.ask(2) }
            #expect(refusal?.field == "lines.0.quantity")
            await #expect(throws: Refusal.self) { try await bench.request(lines: [.init(lineID: "1", quantity: 2)]) }
            let id = try await bench.inspected()
            #expect(try await bench.refund(id).amount == "54.00")
            await #expect(throws: Refusal.self) { try await bench.request(lines: [.init(lineID: "1", quantity: 1)]) }
        }
    }

    @Test("an edit that the shop tells as a refund without payments counts once, and so does a refund of ours")
    func removedOnce() async throws {
        let lines = #""refund_line_items":[{"line_item_id":1,"quantity":1}]"#
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            try await bench.read(Self.cutDown(refunds: #"[{"id":9,\#(lines),"transactions":[]}]"#), Self.paid)
            #expect(try await bench.heldUnits() == 1)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
        }
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            let movement = #"{"id":901,"kind":"refund","status":"success","amount":"54.00","parent_id":801}"#
            let refund = #"[{"id":9,"note":"[\#(id)]",\#(lines),"transactions":[\#(movement)]}]"#
            try await bench.read(Self.cutDown(refunds: refund), Self.paid)
            #expect(try await bench.heldUnits() == 1)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
        }
    }

    @Test("units that are removed while their return is open are a person's to decide on")
    func removedFromReturn() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask(2)
            try await bench.label(id)
            try await bench.read(Self.cutDown(), Self.paid)
            try await bench.receive(id, 2)
            try await bench.inspect(id, 2, grade: "A", matched: true)
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review)
            #expect(assessment.reason?.message.contains("removed from the order in the shop") == true)
        }
    }

    @Test("a refund of ours whose payment is made after the payments were read stands as the order tells of it")
    func madeMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let id = try await bench.request(amount: "20.00")
            func read(_ transactions: String) async throws -> RefundStatus? {
                try await bench.readPaidOrder(refunds: #"[{"id":9,"note":"[\#(id)]","transactions":\#(transactions)}]"#)
                return try await bench.handle { try await RefundStore($0).find(id)?.status }
            }
            func movement(_ status: String) -> String {
                #"[{"id":901,"kind":"refund","status":"\#(status)","amount":"20.00","parent_id":801}]"#
            }
            #expect(try await read("[]") == .pending)
            #expect(try await read(movement("pending")) == .pending)
            #expect(try await bench.tender().pending == 2_000)
            #expect(try await read(movement("success")) == .succeeded)
            #expect(try await bench.tender().refunded == 2_000)
        }
    }

    @Test("a refund in the shop whose payment is made after the payments were read is posted at once, and once")
    func madeByHandMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder(refunds: Self.refund)
            #expect(try await bench.tender().refunded == 5_400)
            try await bench.readPaidOrder(refunds: Self.refund, further: Self.movement("success"))
            #expect(try await bench.entries() == ["captured", "refund_in_shop"])
        }
    }

    @Test("a payment of which more went back than it had keeps no refund of lines from the others")
    func overdrawn() async throws {
        try await ReturnsBench.run { bench in
            let refund = #"{"id":901,"kind":"refund","status":"success","amount":"30.00","parent_id":801}"#
            try await bench.read(
                ReturnsBench.paidOrder(refunds: #"[{"id":9,"transactions":[\#(refund)]}]"#),
                """
                [{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"100.00"},
                 {"id":802,"kind":"sale","status":"success","gateway":"gift_card","amount":"60.00"},\(refund)]
                """)
            try await bench.hear(#"{"id":5,"order_id":77,"amount":"100.00","currency":"USD","status":"lost"}"#)
            let card = try await bench.tender()
            #expect(card.refunded == 13_000 && card.disputedBy == nil && card.room == 0)
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            let given = try await bench.handle { [orderID = bench.orderID] in
                try await RefundStore($0).amounts(of: id, in: orderID).map { "\($0.parentID): \($0.amount)" }
            }
            #expect(given == ["802: 5400"])
        }
    }

    @Test("a dispute keeps its money from refunds until it is won; lost, the money is gone")
    func disputes() async throws {
        for (end, room) in [("won", Int64(11_300)), ("lost", 0)] {
            try await ReturnsBench.run { bench in
                try await bench.readPaidOrder()
                for _ in 0..<2 { try await bench.hear("needs_response", of: 5) }
                let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: "1.00") }
                #expect(refusal?.code == "nothing_refundable")
                for _ in 0..<2 { try await bench.hear(end, of: 5) }
                #expect(try await bench.tender().room == room)
                #expect(try await bench.tender().disputedBy == nil)
                #expect(try await bench.entries() == ["captured", "dispute_opened", "dispute_\(end)"])
            }
        }
    }

    @Test("a dispute first heard of when it is won blocks nothing")
    func wonAtOnce() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            try await bench.hear("won", of: 6)
            #expect(try await bench.tender().disputedBy == nil)
            _ = try await bench.request(amount: "113.00")
        }
    }

    @Test("a payment in another currency than the order's books is not posted as if it were in it")
    func foreignPayment() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let euros = #",{"id":802,"kind":"sale","status":"success","amount":"5.00","currency":"EUR"}"#
            let refusal = await #expect(throws: Refusal.self) { try await bench.readPaidOrder(further: euros) }
            #expect(refusal?.code == "foreign_payment")
            #expect(try await bench.tender().captured == 11_300)
        }
    }
}
