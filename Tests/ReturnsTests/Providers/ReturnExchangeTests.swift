import Commerce
import Testing

@testable import Returns

@Suite("What an exchange takes of a refund")
struct ReturnExchangeTests {
    @Test(
        "its price where that is less than the goods are worth, otherwise all they are worth",
        arguments: [(price: 3_000, due: 0, taken: 3_000), (8_000, 0, 8_000), (12_000, 4_000, 8_000), (8_100, 0, 8_000)])
    func taken(price: Int64, due: Int64, taken: Int64) throws {
        let currency = try #require(Currency(code: "USD"))
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        let exchange = ReturnExchange(
            draftID: "1", name: "#D1", credit: money(8_000), due: money(due),
            lines: [
                .init(sku: "ROBE", quantity: 2, amount: money(price / 3)),
                .init(sku: "SLIP", quantity: 1, amount: money(price - price / 3)),
            ], orderID: nil)
        let lines = try exchange.taken()
        #expect(lines.map(\.sku) == ["ROBE", "SLIP"] && lines.map(\.quantity) == [2, 1])
        #expect(try Money.sum(lines.map(\.amount), in: currency) == money(taken))
    }
}
