import Commerce
import Contracts
import Foundation
import Postgres
import Testing

@testable import API

@Suite("Explaining a return", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnExplanationTests {
    @Test("before there is a refund, what was asked for is explained on the terms that were decided")
    func expected() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let answer = try await bench.get("/returns/\(goods.id)/explain?for=customer")
            #expect(answer.status == 200, "\(answer.json)")
            #expect(answer.json["amount"] == "149.00" && answer.json["currency"] == "USD")
            #expect(answer.json["text"]?.string?.hasPrefix("Robe (2): 149.00 USD") == true, "\(answer.json)")
            #expect(answer.json["derivation"] != nil)
            let staff = try await bench.get("/returns/\(goods.id)/explain")
            #expect(staff.status == 200 && staff.json["text"] != answer.json["text"])
        }
    }

    @Test("its own units do not stand in its way; those of another return do")
    func heldUnits() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            for holder in [goods.id, ReturnID()] {
                try await bench.owner.execute(
                    """
                    INSERT INTO returns.held_units (order_id, line_id, unit, workspace_id, holder)
                    SELECT \(goods.order.uuid), 'l2', \(holder == goods.id ? 1 : 2), \(bench.workspaceID.uuid),
                        \(holder.uuid)
                    """)
            }
            let answer = try await bench.get("/returns/\(goods.id)/explain")
            #expect(answer.status == 409 && answer.code == "nothing_to_explain", "\(answer.json)")
            try await bench.owner.execute(
                "DELETE FROM returns.held_units WHERE order_id = \(goods.order.uuid) AND unit = 2")
            #expect(try await bench.get("/returns/\(goods.id)/explain").json["amount"] == "149.00")
        }
    }

    @Test("once there is a refund, that is explained, to the caller's audience")
    func refunded() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let calculated = try await bench.post("/refunds/calculate", Self.request)
            _ = try await bench.insertRefund(of: goods, calculation: calculated.json.text)
            let answer = try await bench.get("/returns/\(goods.id)/explain?for=customer")
            #expect(answer.json["amount"] == "8.93" && answer.json["derivation"] != nil)
            let wrong = try await bench.get("/returns/\(goods.id)/explain?for=nobody")
            #expect(wrong.status == 422 && wrong.json["field"] == "for")
        }
    }

    @Test("an amount that was not calculated is said to be one")
    func plainAmount() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            _ = try await bench.insertRefund(of: goods)
            let answer = try await bench.get("/returns/\(goods.id)/explain")
            #expect(answer.json["amount"] == "8.93" && answer.json["derivation"] == nil)
        }
    }

    @Test("of a return that ended without a refund there is nothing to explain", arguments: ["rejected", "cancelled"])
    func nothing(status: String) async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: try #require(ReturnStatus(rawValue: status))))
            let answer = try await bench.get("/returns/\(goods.id)/explain")
            #expect(answer.status == 409 && answer.code == "nothing_to_explain")
            #expect(answer.json["detail"]?.string?.contains(status) == true)
        }
    }

    private static let request = """
        {"currency":"USD","order":{"taxes_included":false,
         "lines":[{"id":"l1","sku":"ROBE-S","quantity":3,"unit_price":"19.99","discount":"6.00","tax":"4.79"}],
         "shipping":{"amount":"5.00","tax":"0.00","refunded":"0.00"},
         "tenders":[{"id":"t1","kind":"card","captured":"63.76","refunded":"0.00","pending":"0.00"}]},
         "already_returned":[{"line_id":"l1","quantity":1}],
         "return":{"lines":[{"line_id":"l1","quantity":1,"grade":"A","reason":"wrong_size"}]},
         "policy":{"restocking_fee_percent":"15","return_shipping_fee":"7.95"}}
        """
}
