import Commerce
import Foundation
import Providers
import Testing

@testable import Returns

@Suite("Shipping that was refunded in the shop")
struct ShippingSharesTests {
    private func shares(
        _ refund: String, included: Bool = false, isForeign: Bool = false
    ) throws -> [RefundShares.Share] {
        func sale(_ code: String, _ shipping: Int64, _ tax: Int64, books: Sale? = nil) throws -> Sale {
            let currency = try #require(Currency(code: code))
            return Sale(
                currency: currency, taxesIncluded: included, lines: [],
                shipping: Money(minorUnits: shipping, currency: currency),
                shippingTax: Money(minorUnits: tax, currency: currency), books: books)
        }
        let sold = try isForeign ? sale("EUR", 1_000, 80, books: sale("USD", 1_100, 88)) : sale("USD", 1_000, 80)
        return try RefundShares(
            of: JSONDecoder().decode(ShopifyRefund.self, from: Data(refund.utf8)), over: [1_080], sold
        ).all
    }

    private let whole = RefundShares.Share(amount: 1_080, goods: 0, tax: 0, shipping: 1_000, shippingTax: 80)

    @Test("an adjustment has it without its tax, also where prices include that", arguments: [false, true])
    func adjustment(included: Bool) throws {
        let refund = #"{"order_adjustments":[{"kind":"shipping_refund","amount":"-10.00","tax_amount":"-0.80"}]}"#
        #expect(try shares(refund, included: included) == [whole])
    }

    @Test("a line of it has it as it is priced; the tax that is not told is its share")
    func lines() throws {
        func refund(_ amount: String, _ more: String = "") -> String {
            #"{"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"\#(amount)"}}\#(more)}]}"#
        }
        #expect(try shares(refund("10.00")) == [whole])
        #expect(try shares(refund("10.80"), included: true) == [whole])
        let told = refund("10.80", #","tax_amount_set":{"shop_money":{"amount":"0.80"}}"#)
        #expect(try shares(told, included: true) == [whole])
        let half = try shares(refund("5.00"))
        #expect(half.map(\.shipping) == [500] && half.map(\.shippingTax) == [40])
    }

    @Test("where the customer paid in another currency, it is read in theirs")
    func foreign() throws {
        func set(_ dollars: String, _ euros: String) -> String {
            #"{"shop_money":{"amount":"\#(dollars)"},"presentment_money":{"amount":"\#(euros)"}}"#
        }
        let adjustment = """
            {"order_adjustments":[{"kind":"shipping_refund","amount":"-11.00","tax_amount":"-0.88",
              "amount_set":\(set("-11.00", "-10.00")),"tax_amount_set":\(set("-0.88", "-0.80"))}]}
            """
        #expect(try shares(adjustment, isForeign: true) == [whole])
        let line = #"{"refund_shipping_lines":[{"subtotal_amount_set":\#(set("11.00", "10.00"))"#
        #expect(try shares(line + "}]}", isForeign: true) == [whole])
        let told = #","tax_amount_set":\#(set("0.88", "0.80"))}]}"#
        #expect(try shares(line + told, isForeign: true) == [whole])
    }

    @Test("told in both ways it is counted once")
    func both() throws {
        let refund = #"""
            {"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"10.00"}}}],
             "order_adjustments":[{"kind":"shipping_refund","amount":"-10.00","tax_amount":"-0.80"}]}
            """#
        #expect(try shares(refund) == [whole])
    }
}
