import Commerce
import Foundation
import Providers
import Testing

@testable import Returns

@Suite("Shipping that was refunded in the shop")
struct ShippingSharesTests {
    private func shares(_ refund: String, included: Bool = false) throws -> [RefundShares.Share] {
        let usd = try #require(Currency(code: "USD"))
        let sale = Sale(
            currency: usd, taxesIncluded: included, lines: [], shipping: Money(minorUnits: 1_000, currency: usd),
            shippingTax: Money(minorUnits: 80, currency: usd))
        let movements = #"[{"id":901,"kind":"refund","status":"success","amount":"10.80"}]"#
        return try RefundShares(
            of: JSONDecoder().decode(ShopifyRefund.self, from: Data(refund.utf8)),
            over: JSONDecoder().decode([ShopifyTransaction].self, from: Data(movements.utf8)), sale
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

    @Test("told in both ways it is counted once")
    func both() throws {
        let refund = #"""
            {"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"10.00"}}}],
             "order_adjustments":[{"kind":"shipping_refund","amount":"-10.00","tax_amount":"-0.80"}]}
            """#
        #expect(try shares(refund) == [whole])
    }
}
