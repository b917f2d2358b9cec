import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("UnitPrice")
struct UnitPriceTests {
    let usd = Currency(code: "USD")!
    let jpy = Currency(code: "JPY")!

    @Test(
        "is exact to eight digits and is written with at least the currency's",
        arguments: [("74.50", "74.50"), ("0.00000001", "0.00000001"), ("3", "3.00"), ("-1.10500", "-1.105")])
    func decimals(text: String, written: String) throws {
        #expect(try UnitPrice(decimal: text).decimalString(in: usd) == written)
    }

    @Test("yen have no digits unless the price does")
    func yen() throws {
        #expect(try UnitPrice(decimal: "120.00").decimalString(in: jpy) == "120")
        #expect(try UnitPrice(decimal: "120.50").decimalString(in: jpy) == "120.5")
    }

    @Test("a ninth digit is refused")
    func tooPrecise() {
        #expect(throws: MoneyError.tooPrecise(digitsMax: 8)) { try UnitPrice(decimal: "0.000000001") }
    }

    @Test(
        "times a quantity is rounded once, half away from zero",
        arguments: [("0.005", 1, 1), ("0.0049", 1, 0), ("-0.005", 1, -1), ("74.50", 2, 14900), ("0.333", 3, 100)])
    func times(price: String, quantity: Int, minorUnits: Int64) throws {
        #expect(try UnitPrice(decimal: price).times(quantity, in: usd).minorUnits == minorUnits)
    }

    @Test("a product too large is reported")
    func overflow() throws {
        let price = UnitPrice(scaled: .max)
        #expect(throws: MoneyError.overflow) { try price.times(.max, in: usd) }
    }

    @Test("any price survives being written and read, and its product is within half a cent")
    func property() throws {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let price = UnitPrice(scaled: .random(in: -1_000_000_000_000...1_000_000_000_000, using: &random))
            #expect(try UnitPrice(decimal: price.decimalString()) == price, "\(random)")
            #expect(try JSONDecoder().decode(UnitPrice.self, from: JSONEncoder().encode(price)) == price, "\(random)")
            let quantity = Int.random(in: 0...1_000, using: &random)
            let cents = try price.times(quantity, in: usd).minorUnits
            let error = Int128(cents) * 1_000_000 - Int128(price.scaled) * Int128(quantity)
            #expect(error.magnitude <= 500_000, "\(random)")
        }
    }
}
