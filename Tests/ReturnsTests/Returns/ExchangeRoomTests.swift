import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite(
    "Exchanges whose order has less left than the goods are worth", .tags(.postgres),
    .enabled(if: ReturnsBench.isThere))
struct ExchangeRoomTests {
    /// New goods at this price are set aside for the robe, which is worth 54.00 as far as the payments have it left.
    private func setAside(_ id: ReturnID, at price: String, _ bench: ReturnsBench) async throws {
        let currency = try #require(Currency(code: "USD"))
        let amount = try Money(decimal: price, currency: currency)
        try await bench.handle {
            let row = try await ReturnCase.lock(id, in: $0).row
            let exchange = ReturnExchange(
                draftID: "9", name: "#D9", credit: try await ExchangeCredit(row, $0).amount(), due: .zero(currency),
                lines: [.init(sku: "GOWN", quantity: 1, amount: amount, tax: .zero(currency))])
            try await ExchangeStore($0).save(exchange, of: id)
        }
    }

    @Test(
        "new goods and money together are no more than was left when it was asked for",
        arguments: [
            (given: "100.00", price: "8.00", money: "5.00"), ("100.00", "13.00", "0.00"), ("1.00", "8.00", "46.00"),
        ])
    func promisedSo(given: String, price: String, money: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.giveInShop(given)
            let id = try await bench.inspected()
            try await setAside(id, at: price, bench)
            let refund = try await bench.refund(id)
            #expect(refund.amount == money && (refund.refundID == nil) == (money == "0.00"))
        }
    }

    @Test("nor are they more than what a person has approved, who was told what is left")
    func approved() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            try await bench.giveInShop("100.00")
            #expect(try await bench.assess(id).reason?.code == "refund_cut")
            try await bench.decide(id, .approve)
            try await setAside(id, at: "8.00", bench)
            #expect(try await bench.refund(id).amount == "5.00")
            #expect(try await bench.balance(.exchange) == -800)
            #expect(try await bench.balance(.other) == -4_100)
        }
    }

    @Test("what the payments lose once the goods are set aside is put to a person, and a yes gives what they leave")
    func lostMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, at: "8.00", bench)
            try await bench.giveInShop("100.00")
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            let cut = try #require(refusal)
            #expect(cut.code == "refund_cut")
            for words in ["46.00 USD are due", "5.00 USD left beside the new goods", "41.00 USD less"] {
                #expect(cut.message.contains(words), "\(cut.message)")
            }
            try await bench.handle {
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: cut), in: $0)
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "5.00")
        }
    }
}
