import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Testing

@testable import Returns

@Suite("Refunds of shipping", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ShippingRefundTests {
    /// Two robes at 50.00 with 8.00 of tax, and shipping at 10.00 with 0.80.
    private func readTaxed(
        _ bench: ReturnsBench, included: Bool = false, refunds: String = "[]", further: String = ""
    ) async throws {
        let (price, shipping) = included ? ("54.00", "10.80") : ("50.00", "10.00")
        try await bench.read(
            """
            {"id":77,"name":"#77","currency":"USD","taxes_included":\(included),"total_price":"118.80",
             "total_tax":"8.80","shipping_lines":[{"price":"\(shipping)","tax_lines":[{"price":"0.80"}]}],
             "refunds":\(refunds),
             "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"\(price)","tax_lines":[{"price":"8.00"}]}]}
            """,
            #"[{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"118.80"}\#(further)]"#)
    }

    /// All of the shipping, by hand.
    private let refundByHand = #"""
        [{"id":9,"order_adjustments":[{"kind":"shipping_refund","amount":"-10.00","tax_amount":"-0.80"}],
          "transactions":[{"id":901,"kind":"refund","status":"success","amount":"10.80","parent_id":801}]}]
        """#
    private let movement = #",{"id":901,"kind":"refund","status":"success","amount":"10.80","parent_id":801}"#

    private func policy(_ shipping: String) throws -> RefundPolicyForm {
        try JSONDecoder().decode(RefundPolicyForm.self, from: Data(#"{"original_shipping":"\#(shipping)"}"#.utf8))
    }

    private func expectNothingLeft(_ bench: ReturnsBench) async throws {
        for account in [LedgerAccount.goods, .tax, .shipping, .shippingTax, .goodwill, .other] {
            #expect(try await bench.balance(account) == 0, "\(account)")
        }
    }

    @Test("what staff gave back of it, tax and all, no return gives back again", arguments: [false, true])
    func byHand(included: Bool) async throws {
        try await ReturnsBench.run { bench in
            try await readTaxed(bench, included: included)
            #expect(try await bench.balance(.shipping) == -1_000)
            #expect(try await bench.balance(.shippingTax) == -80)
            try await readTaxed(bench, included: included, refunds: refundByHand, further: movement)
            #expect(try await bench.tender().refunded == 1_080)
            let always = try policy("always")
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 2)], policy: always)
            #expect(try await bench.tender().pending == 10_800)
            #expect(try await request(id, bench).shipping == nil)
            try await expectNothingLeft(bench)
        }
    }

    @Test("the shop is asked for it in the terms of its price", arguments: [(false, "10.00"), (true, "10.80")])
    func ours(included: Bool, asked: String) async throws {
        try await ReturnsBench.run { bench in
            try await readTaxed(bench, included: included)
            let whole = try policy("full_return")
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 2)], policy: whole)
            #expect(try await bench.tender().pending == 11_880)
            let request = try await request(id, bench)
            #expect(request.shipping?.text == asked && request.payments.map(\.amount.text) == ["118.80"])
            try await expectNothingLeft(bench)
        }
    }

    @Test("a calculation of an older build, which does not tell the tax, is asked for without it")
    func older() async throws {
        try await ReturnsBench.run { bench in
            try await readTaxed(bench)
            let whole = try policy("full_return")
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 2)], policy: whole)
            try await bench.handle {
                try await $0.database.execute(
                    """
                    UPDATE refunds SET calculation = (calculation::jsonb - 'shipping_refund_tax')::json
                    WHERE id = \(id.uuid)
                    """)
            }
            #expect(try await request(id, bench).shipping?.text == "10.00")
        }
    }

    @Test("parts of it, unit by unit, come to exactly it and its tax")
    func parts() async throws {
        try await ReturnsBench.run { bench in
            try await readTaxed(bench)
            let proRata = try policy("pro_rata")
            for _ in 0..<2 {
                let id = try await bench.request(lines: [.init(lineID: "1", quantity: 1)], policy: proRata)
                #expect(try await request(id, bench).shipping?.text == "5.00")
            }
            #expect(try await bench.tender().pending == 11_880)
            try await expectNothingLeft(bench)
        }
    }

    @Test("shipping that a code made free is given back with no return", arguments: ["always", "full_return"])
    func free(rule: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.read(
                """
                {"id":78,"name":"#78","currency":"USD","taxes_included":false,"total_price":"200.00","total_tax":"0.00",
                 "total_discounts":"9.00","total_shipping_price_set":{"shop_money":{"amount":"9.00"}},
                 "shipping_lines":[{"price":"9.00","discounted_price":"9.00","discount_allocations":[{"amount":"9.00"}]}],
                 "line_items":[{"id":1,"sku":"A","quantity":1,"price":"100.00"},
                   {"id":2,"sku":"B","quantity":1,"price":"100.00"}]}
                """,
                #"[{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"200.00"}]"#)
            let terms = try policy(rule)
            for (line, pending) in [("1", Int64(10_000)), ("2", 20_000)] {
                _ = try await bench.request(lines: [.init(lineID: line, quantity: 1)], policy: terms)
                #expect(try await bench.tender().pending == pending)
            }
        }
    }

    private func request(_ id: RefundID, _ bench: ReturnsBench) async throws -> ShopRefundRequest {
        try await bench.handle {
            let refund = try #require(try await RefundStore($0).find(id))
            return try await ShopRefundRequest(refund, shopOrder: "77", in: $0)
        }
    }
}
