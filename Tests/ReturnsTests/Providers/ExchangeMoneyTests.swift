import Commerce
import Contracts
import SeededRandom
import Testing

@testable import Providers
@testable import Returns

@Suite("The money of an exchange")
struct ExchangeMoneyTests {
    private func draft(_ members: String) throws -> ShopifyDraftOrder {
        try ProviderJSON.decode(
            ShopifyDraftOrder.self, from: Array(#"{"id":9,"name":"D9","status":"open",\#(members)}"#.utf8))
    }

    private func usd(_ decimal: String) throws -> Money {
        try Money(decimal: decimal, currency: try #require(Currency(code: "USD")))
    }

    @Test("new goods of 250 with 25 of tax for returned ones of 100 with 10 leave 165 to pay")
    func dearer() throws {
        let price = try #require(
            try ExchangePrice(
                draft(#""subtotal_price":"250.00","total_tax":"25.00","total_price":"275.00""#), in: usd("0").currency))
        #expect(try price.due(less: usd("110.00")) == usd("165.00"))
        var discount = ExchangeDiscount(subtotal: 25_000, total: 27_500, due: 16_500)
        #expect(discount.value == 10_000)
        let isSettled = discount.hear(16_500)
        #expect(isSettled)
    }

    @Test("goods of 50 with 5 of tax take 55 of what is refunded, line by line")
    func cheaper() throws {
        let price = try #require(
            try ExchangePrice(
                draft(#""subtotal_price":"50.00","total_tax":"5.00","total_price":"55.00""#), in: usd("0").currency))
        #expect(try price.due(less: usd("110.00")) == usd("0.00"))
        let lines = try price.lines(
            [.init(sku: "ROBE", quantity: 1), .init(sku: "SLIP", quantity: 2)], prices: [3000, 2000])
        let exchange = ReturnExchange(
            draftID: "9", name: "#D9", credit: try usd("110.00"), due: try usd("0"), lines: lines)
        let taken = try exchange.taken()
        #expect(try taken.map(\.amount) == [usd("30.00"), usd("20.00")])
        #expect(try taken.map(\.tax) == [usd("3.00"), usd("2.00")])
    }

    @Test("a draft tells its price also with the credit on it; one credited by an older build does not")
    func noted() throws {
        let price = try #require(
            try ExchangePrice(
                draft(#""subtotal_price":"250.00","total_tax":"25.00","total_price":"275.00""#), in: usd("0").currency))
        let notes = price.attributes.map { #"{"name":"\#($0.key)","value":"\#($0.value)"}"# }.joined(separator: ",")
        let credited = #""subtotal_price":"150.00","total_tax":"15.00","total_price":"165.00","applied_discount":{}"#
        #expect(
            try ExchangePrice(draft(#"\#(credited),"note_attributes":[\#(notes)]"#), in: usd("0").currency) == price)
        #expect(try ExchangePrice(draft(credited), in: usd("0").currency) == nil)
    }

    @Test(
        "whatever the tax and the lines, the discount leaves no more than is due, and one unit less would leave more",
        arguments: UInt64(0)..<400)
    func discounts(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            Int64.random(in: 1...50_000, using: &random)
        }
        let rate = Int64.random(in: 0...2500, using: &random)
        let subtotal = lines.reduce(0, +)
        /// As a shop does: the discount shared out over the lines, the tax of each rounded.
        func asked(_ discount: Int64) -> Int64 {
            var (left, before, total) = (discount, subtotal, Int64(0))
            for line in lines {
                let share = before == 0 ? 0 : left * line / before
                (left, before) = (left - share, before - line)
                total += line - share + ((line - share) * rate + 5000) / 10_000
            }
            return total
        }
        let total = asked(0)
        let due = Int64.random(in: 1..<max(2, total), using: &random)
        var search = ExchangeDiscount(subtotal: subtotal, total: total, due: due)
        var tries = 1
        while !search.hear(asked(search.value)), tries < 12 { tries += 1 }
        #expect(tries < 12, "seed \(seed)")
        #expect(asked(search.value) <= due, "seed \(seed)")
        #expect(asked(search.value) == due || asked(search.value - 1) > due, "seed \(seed)")
    }
}
