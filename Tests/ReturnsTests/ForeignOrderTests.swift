import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Testing

@testable import Returns

@Suite("An order whose customer paid in another currency", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ForeignOrderTests {
    private static func set(_ dollars: String, _ euros: String) -> String {
        #"{"shop_money":{"amount":"\#(dollars)","currency_code":"USD"},"#
            + #""presentment_money":{"amount":"\#(euros)","currency_code":"EUR"}}"#
    }

    /// Two robes at 50.00 EUR with 8.00 of tax and 5.00 shipping, for a shop in USD at 1.10.
    private static func order(refunds: String = "[]") -> String {
        """
        {"id":77,"name":"#77","currency":"USD","presentment_currency":"EUR","taxes_included":false,
         "total_price":"124.30","total_price_set":\(set("124.30", "113.00")),
         "total_tax":"8.80","total_tax_set":\(set("8.80", "8.00")),
         "total_shipping_price_set":\(set("5.50", "5.00")),"refunds":\(refunds),
         "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"55.00","price_set":\(set("55.00", "50.00")),
           "tax_lines":[{"price":"8.80","price_set":\(set("8.80", "8.00"))}]}]}
        """
    }

    private static func movement(_ id: Int, _ kind: String, _ dollars: String, _ euros: String) -> String {
        """
        {"id":\(id),"kind":"\(kind)","status":"success","gateway":"shopify_payments","amount":"\(euros)",
         "currency":"EUR","shop_amount":"\(dollars)","shop_currency":"USD","parent_id":801}
        """
    }

    private static let sale = movement(801, "sale", "124.30", "113.00")

    private func booked(_ id: RefundID, _ bench: ReturnsBench) async throws -> BookedRefund {
        try await bench.handle { try await BookedRefund.find(id, in: $0) }
    }

    @Test("it is refunded in the customer's currency, and the books are told the same units in the shop's")
    func units() async throws {
        try await ReturnsBench.run { bench in
            try await bench.read(Self.order(), "[\(Self.sale)]")
            #expect(try await bench.tender().captured == 11_300)
            let refund = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            #expect(try await bench.tender().pending == 5400)
            let booked = try await booked(refund, bench)
            #expect(booked.amount.description == "59.40 USD" && booked.calculation?.total == booked.amount)
            let request = try await bench.handle { transaction in
                let row = try #require(try await RefundStore(transaction).find(refund))
                return try await ShopRefundRequest(row, shopOrder: "77", in: transaction)
            }
            #expect(request.currency == "EUR" && request.payments.map(\.amount) == ["54.00"])
        }
    }

    @Test("shipping is given back less its discount, and its tax apart, in the customer's currency and in the books")
    func shipping() async throws {
        // The robes, and shipping at 10.00 EUR of which a code took half, with 0.40 of tax.
        let order = """
            {"id":77,"name":"#77","currency":"USD","presentment_currency":"EUR","taxes_included":false,
             "total_price":"124.74","total_price_set":\(Self.set("124.74", "113.40")),
             "total_tax":"9.24","total_tax_set":\(Self.set("9.24", "8.40")),
             "total_shipping_price_set":\(Self.set("11.00", "10.00")),
             "shipping_lines":[{"price":"11.00","price_set":\(Self.set("11.00", "10.00")),
               "discount_allocations":[{"amount":"5.50","amount_set":\(Self.set("5.50", "5.00"))}]}],
             "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"55.00","price_set":\(Self.set("55.00", "50.00")),
               "tax_lines":[{"price":"8.80","price_set":\(Self.set("8.80", "8.00"))}]}]}
            """
        let policy = try JSONDecoder().decode(
            RefundPolicyForm.self, from: Data(#"{"original_shipping":"always"}"#.utf8))
        try await ReturnsBench.run { bench in
            try await bench.read(order, "[\(Self.movement(801, "sale", "124.74", "113.40"))]")
            let refund = try await bench.request(lines: [.init(lineID: "1", quantity: 2)], policy: policy)
            #expect(try await bench.tender().pending == 11_340)
            let request = try await bench.handle { transaction in
                let row = try #require(try await RefundStore(transaction).find(refund))
                return try await ShopRefundRequest(row, shopOrder: "77", in: transaction)
            }
            #expect(request.currency == "EUR" && request.shipping?.text == "5.00")
            let booked = try await booked(refund, bench)
            #expect(booked.amount.description == "124.74 USD")
            #expect(booked.calculation?.shippingRefund.description == "5.94 USD")
            #expect(booked.calculation?.shippingRefundTax?.description == "0.44 USD")
            for account in [LedgerAccount.goods, .tax, .shipping, .shippingTax] {
                #expect(try await bench.balance(account) == 0, "\(account)")
            }
        }
    }

    @Test("three refunds of a unit each leave nothing of the shipping in the books, though each of them rounds")
    func shippingInParts() async throws {
        let order = """
            {"id":77,"name":"#77","currency":"USD","presentment_currency":"EUR","taxes_included":false,
             "total_price":"76.99","total_price_set":\(Self.set("76.99", "70.00")),
             "total_tax":"0.00","total_tax_set":\(Self.set("0.00", "0.00")),
             "total_shipping_price_set":\(Self.set("10.99", "10.00")),
             "line_items":[{"id":1,"sku":"ROBE","quantity":3,"price":"22.00","price_set":\(Self.set("22.00", "20.00")),
               "tax_lines":[]}]}
            """
        let policy = try JSONDecoder().decode(
            RefundPolicyForm.self, from: Data(#"{"original_shipping":"pro_rata"}"#.utf8))
        try await ReturnsBench.run { bench in
            try await bench.read(order, "[\(Self.movement(801, "sale", "76.99", "70.00"))]")
            var shipping: Int64 = 0
            for _ in 1...3 {
                let refund = try await bench.request(lines: [.init(lineID: "1", quantity: 1)], policy: policy)
                shipping += try await booked(refund, bench).calculation?.shippingRefund.minorUnits ?? 0
            }
            #expect(try await bench.tender().pending == 7_000)
            #expect(shipping == 1_099)
        }
    }

    @Test("an amount without goods is in the customer's currency, and in the books by the rate of the sale")
    func amount() async throws {
        try await ReturnsBench.run { bench in
            try await bench.read(Self.order(), "[\(Self.sale)]")
            let refund = try await bench.request(amount: "10.00")
            #expect(try await bench.tender().pending == 1000)
            #expect(try await booked(refund, bench).amount.description == "11.00 USD")
        }
    }

    @Test("what is given back by hand in the shop is posted as the customer got it")
    func byHand() async throws {
        let refunds = """
            [{"id":9,"refund_line_items":[{"line_item_id":1,"quantity":1,"subtotal":55.0,"total_tax":4.4,
              "subtotal_set":\(Self.set("55.00", "50.00")),"total_tax_set":\(Self.set("4.40", "4.00"))}],
              "transactions":[{"id":901,"kind":"refund","status":"success","amount":"54.00","parent_id":801}]}]
            """
        try await ReturnsBench.run { bench in
            let refund = Self.movement(901, "refund", "59.40", "54.00")
            try await bench.read(Self.order(refunds: refunds), "[\(Self.sale),\(refund)]")
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.balance(.goods) == -5000)
            #expect(try await bench.balance(.tax) == -400)
        }
    }

    @Test("a return is decided in the shop's currency and paid in the customer's, its flat fee by the rate of the sale")
    func returned() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            try await bench.read(Self.order(), "[\(Self.sale)]")
            let rules = #"[{"id":"r","when":{},"then":{"instant_refund":true}}]"#
            let fees = #"{"return_shipping_fee":"5.50","grades":{"A":"100"}}"#
            try await bench.set(policy: #""currency":"USD","approval_limit":"60.00","rules":\#(rules),"fees":\#(fees)"#)
            let id = try await bench.inspected()
            let refund = try await bench.refund(id)
            #expect(refund.amount == "49.00" && refund.currency == "EUR")
            let booked = try await booked(try #require(refund.refundID), bench)
            #expect(booked.amount.description == "53.90 USD")
        }
    }

    @Test("above the limit in the shop's currency a person decides, though the customer's amount is below its number")
    func limit() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            try await bench.read(Self.order(), "[\(Self.sale)]")
            let rules = #"[{"id":"r","when":{},"then":{"instant_refund":true}}]"#
            try await bench.set(policy: #""approval_limit":"59.39","rules":\#(rules),"fees":{"grades":{"A":"100"}}"#)
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review && assessment.reason?.message.contains("59.40 USD") == true)
        }
    }

    @Test("one that was known before its currencies were told apart stays in the shop's, and is not refunded by itself")
    func knownBefore() async throws {
        try await ReturnsBench.run { bench in
            let before = Self.order().replacing(#""presentment_currency":"EUR","#, with: "")
            try await bench.read(before, "[\(Self.sale)]")
            #expect(try await bench.tender().captured == 12_430)
            // Read again, now that the shop's customer is known to have paid in another.
            try await bench.read(Self.order(), "[\(Self.sale)]")
            #expect(try await bench.tender().captured == 12_430)
            let transactions = try JSONDecoder().decode([ShopifyTransaction].self, from: Data("[\(Self.sale)]".utf8))
            let request = ShopRefundRequest(
                shopOrder: "77", reference: "r", note: "", currency: "USD", lines: [],
                payments: [.init(parentID: "801", amount: "54.00")])
            #expect(request.otherCurrency(transactions) == "EUR")
            var theirs = request
            theirs.currency = "EUR"
            #expect(theirs.otherCurrency(transactions) == nil)
        }
    }
}
