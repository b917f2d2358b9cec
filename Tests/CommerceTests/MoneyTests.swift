import Commerce
import Foundation
import Testing

@Suite("Money")
struct MoneyTests {
    static let usd = Currency(code: "USD")!
    static let jpy = Currency(code: "JPY")!
    static let kwd = Currency(code: "KWD")!

    @Test(
        "reads and writes decimals in the currency's digits",
        arguments: [
            ("155.12", usd, 15512, "155.12"), ("0.5", usd, 50, "0.50"), ("-0.05", usd, -5, "-0.05"),
            ("7", usd, 700, "7.00"), ("7.1000", usd, 710, "7.10"), ("1200", jpy, 1200, "1200"),
            ("1200.00", jpy, 1200, "1200"), ("1.234", kwd, 1234, "1.234"), ("-0", usd, 0, "0.00"),
            ("92233720368547758.07", usd, Int64.max, "92233720368547758.07"),
            ("-92233720368547758.08", usd, Int64.min, "-92233720368547758.08"),
        ] as [(String, Currency, Int64, String)])
    func decimals(text: String, currency: Currency, minorUnits: Int64, written: String) throws {
        let money = try Money(decimal: text, currency: currency)
        #expect(money.minorUnits == minorUnits)
        #expect(money.decimalString == written)
    }

    @Test(
        "refuses what is no plain decimal",
        arguments: ["", " ", "-", ".", "1.", ".5", "+1", "1,000.00", "1e2", "0x10", "--1", "1.2.3", "NaN", "١٢", "12 "])
    func notDecimal(text: String) {
        #expect(throws: MoneyError.notDecimal) { try Money(decimal: text, currency: Self.usd) }
    }

    @Test("refuses digits finer than the minor unit and amounts too large")
    func bounds() {
        #expect(throws: MoneyError.tooPrecise(digitsMax: 2)) { try Money(decimal: "1.005", currency: Self.usd) }
        #expect(throws: MoneyError.tooPrecise(digitsMax: 0)) { try Money(decimal: "1.5", currency: Self.jpy) }
        #expect(throws: MoneyError.overflow) { try Money(decimal: "92233720368547758.08", currency: Self.usd) }
    }

    @Test("different currencies are never combined, and overflow is reported")
    func arithmeticErrors() {
        let dollar = Money(minorUnits: 100, currency: Self.usd)
        let yen = Money(minorUnits: 100, currency: Self.jpy)
        #expect(throws: MoneyError.currencyMismatch(Self.usd, Self.jpy)) { try dollar + yen }
        #expect(throws: MoneyError.currencyMismatch(Self.usd, Self.jpy)) { try dollar.isLess(than: yen) }
        let most = Money(minorUnits: .max, currency: Self.usd)
        #expect(throws: MoneyError.overflow) { try most + dollar }
        #expect(throws: MoneyError.overflow) { try most * 2 }
        #expect(throws: MoneyError.overflow) { try -Money(minorUnits: .min, currency: Self.usd) }
    }

    @Test("is an amount and a currency in JSON, and a wrong one is refused")
    func json() throws {
        let money = Money(minorUnits: 15512, currency: Self.usd)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(money)
        #expect(String(decoding: data, as: UTF8.self) == #"{"amount":"155.12","currency":"USD"}"#)
        #expect(try JSONDecoder().decode(Money.self, from: data) == money)
        for wrong in [#"{"amount":"1.234","currency":"USD"}"#, #"{"amount":"1","currency":"XYZ"}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(wrong.utf8)) }
        }
    }

    @Test("knows the digits of every currency and no others")
    func currencies() {
        #expect(Currency(code: "USD")?.exponent == 2)
        #expect(Currency(code: "JPY")?.exponent == 0)
        #expect(Currency(code: "KWD")?.exponent == 3)
        for unknown in ["XYZ", "usd", "", "US", "XXX", "XTS", "XAU"] {
            #expect(Currency(code: unknown) == nil)
        }
    }
}
