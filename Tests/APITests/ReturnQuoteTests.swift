import Commerce
import Foundation
import Postgres
import Testing

@testable import API

@Suite("Quoting a return", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnQuoteTests {
    @Test("what was delivered in time is eligible and priced at what it came to; the policy's reasons are told")
    func eligible() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            let answer = try await bench.post(
                "/returns/quote",
                #"{"order_id":"\#(order.id)","lines":[{"line_id":"l2","quantity":1,"reason":"changed_mind"}]}"#)
            #expect(answer.status == 200, "\(answer.json)")
            let line = answer.json["lines"]?.elements.first
            #expect(line?["eligible"] == true && line?["line_id"] == "l2", "\(answer.json)")
            #expect(answer.json["refund"]?["lines"]?.elements.first?["net"] == "74.50")
            #expect(answer.json["decision"]?["explanation"] != nil)
        }
    }

    @Test("what has not shipped is not eligible, and nothing is refunded")
    func notShipped() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let body =
                #"{"order_number":"\#(order.number)","email":"ANA@example.com","lines":[{"line_id":"l1","quantity":1}]}"#
            let answer = try await bench.post("/returns/quote", body)
            #expect(answer.status == 200, "\(answer.json)")
            #expect(answer.json["lines"]?.elements.first?["eligible"] == false)
            #expect(answer.json["lines"]?.elements.first?["reason"] == "not_fulfilled")
            #expect(answer.json["refund"] == .null && answer.json["decision"]?["outcome"] == "rejected")
        }
    }

    @Test("a wrong request is told with its field")
    func wrong() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let wrong: [(body: String, field: String)] = [
                (#"{"lines":[{"sku":"X","quantity":1}]}"#, "order_id"),
                (#"{"order_id":"\#(OrderID())","lines":[{"sku":"X","quantity":1}]}"#, "order_id"),
                (#"{"order_number":"\#(order.number)","email":"eve@example.com","lines":[]}"#, "order_number"),
                (#"{"order_id":"\#(order.id)","lines":[]}"#, "lines"),
                (#"{"order_id":"\#(order.id)","lines":[{"sku":"NONE","quantity":1}]}"#, "lines.0.sku"),
                (#"{"order_id":"\#(order.id)","lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#, "lines.0.sku"),
                (
                    #"{"order_id":"\#(order.id)","resolution":"cash","lines":[{"line_id":"l1","quantity":1}]}"#,
                    "resolution"
                ),
            ]
            for (body, field) in wrong {
                let answer = try await bench.post("/returns/quote", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(body): \(answer.json)")
            }
        }
    }
}

extension APIBench {
    /// The order's ledger, as the shop's payment has left it: three robes, one card.
    fileprivate func paid(_ order: OrderID) async throws {
        let sale = """
            {"currency":"USD","taxes_included":false,"shipping":"0.00","shipping_tax":"0.00","lines":[
             {"id":"l1","sku":"MIE-ROBE-S","quantity":1,"unit_price":"74.50","discount":"0.00","tax":"0.00"},
             {"id":"l2","sku":"MIE-ROBE-S","quantity":2,"unit_price":"74.50","discount":"0.00","tax":"0.00"}]}
            """
        try await owner.execute(
            """
            INSERT INTO returns.ledgers (order_id, workspace_id, currency, sale, opened_at)
            VALUES (\(order.uuid), \(workspaceID.uuid), 'USD', \(sale)::jsonb, now())
            """)
        try await owner.execute(
            """
            INSERT INTO returns.tenders (id, workspace_id, order_id, provider, external_id, kind, position, captured)
            VALUES (\(TenderID().uuid), \(workspaceID.uuid), \(order.uuid), 'shopify', \("\(order)"), 'card', 0, 22350)
            """)
    }

    fileprivate func deliver(_ order: OrderID, quantity: Int, at: Date) async throws {
        try await ship(order, quantity: quantity, tracking: "1Z\(order)")
        try await owner.execute(
            """
            UPDATE tracking.shipments SET shipped_at = \(at), delivered_at = \(at), status = 'delivered'
            WHERE order_id = \(order.uuid)
            """)
    }
}
