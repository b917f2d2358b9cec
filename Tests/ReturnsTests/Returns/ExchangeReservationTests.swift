import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Schema
import Support
import Testing
import Views

@testable import Returns

@Suite(
    "What an exchange takes of its order's payments", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ExchangeReservationTests {
    private static let shop = ProviderAccounts.onlyShopify(StubHTTP([:]))

    /// Draft 9 of new goods at this price, for a robe that is worth 54.00.
    private func exchange(at price: String, due: String = "0.00", tax: String? = "0.00") throws -> ReturnExchange {
        let currency = try #require(Currency(code: "USD"))
        func money(_ decimal: String) throws -> Money { try Money(decimal: decimal, currency: currency) }
        return ReturnExchange(
            draftID: "9", name: "#D9", credit: try money("54.00"), due: try money(due),
            lines: [.init(sku: "GOWN", quantity: 1, amount: try money(price), tax: try tax.map(money))])
    }

    private func setAside(_ id: ReturnID, _ exchange: ReturnExchange, _ bench: ReturnsBench) async throws {
        try await bench.handle {
            try await ExchangeStore($0).save(exchange, of: id)
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.externalIDs["exchange"] = exchange.draftID
            try await goods.save()
        }
    }

    /// A robe that is here and graded, for which a gown is wanted.
    private func wanted(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.inspected()
        try await bench.handle {
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.request.exchangeLines = [.init(sku: "GOWN", quantity: 1)]
            try await goods.save()
        }
        return id
    }

    /// What the shop is about to be asked for.
    private func plan(_ id: ReturnID, _ bench: ReturnsBench) async throws -> OpenExchangeHandler.Request {
        let plan = try await bench.handle {
            try await OpenExchangeHandler(accounts: Self.shop).plan(OpenExchange(returnID: id), in: $0)
        }
        guard case .effect(_, let request) = plan else { throw Refusal(code: "not_planned", message: "") }
        return request
    }

    private func expectRefused(_ amount: String, _ bench: ReturnsBench) async {
        let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: amount) }
        #expect(refusal?.code == "nothing_refundable")
        #expect(refusal?.message.contains("exchange") == true, "\(refusal?.message ?? "")")
    }

    @Test(
        "its goods and all that can be refunded beside it are what was paid, set aside and ordered",
        arguments: [false, true])
    func counted(isOrdered: Bool) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, try exchange(at: "54.00"), bench)
            if isOrdered {
                try await bench.handle {
                    _ = try await CompleteExchangeHandler(accounts: Self.shop).settle(
                        .init(orderID: "55"), of: .init(draftID: "9", isPaid: true),
                        for: CompleteExchange(returnID: id, draftID: "9"), in: $0)
                }
            }
            await expectRefused("59.01", bench)
            _ = try await bench.request(amount: "59.00")
            await expectRefused("0.01", bench)
        }
    }

    @Test("goods that cost more than the returned ones take no more than these are worth")
    func dearer() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, try exchange(at: "90.00", due: "36.00"), bench)
            await expectRefused("59.01", bench)
            _ = try await bench.request(amount: "59.00")
        }
    }

    @Test("called off it takes nothing any more")
    func calledOff() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, try exchange(at: "54.00"), bench)
            try await bench.handle {
                _ = try await CancelExchangeHandler(accounts: Self.shop).settle(
                    .init(orderID: nil), of: .init(draftID: "9"), for: CancelExchange(returnID: id, draftID: "9"),
                    in: $0)
            }
            _ = try await bench.request(amount: "113.00")
        }
    }

    @Test("other returns, refunds of lines and quotes have so much less; its own return has not")
    func others() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, try exchange(at: "54.00"), bench)
            try await bench.giveInShop("10.00")
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            }
            #expect(refusal?.code == "nothing_refundable")
            let (everybody, own) = try await bench.handle {
                let database = $0.database
                return (
                    try await ReturnGround.read(bench.orderID, in: database)?.money?.exchanged,
                    try await ReturnGround.read(bench.orderID, besides: id.uuid, in: database)?.money?.exchanged
                )
            }
            #expect(everybody == 5_400 && own == 0)
            // Asked for now, the other robe is promised the 49.00 that are left, and gets them.
            let other = try await bench.inspected()
            #expect(try await bench.refund(other).amount == "49.00")
            #expect(try await bench.refund(id).refundID == nil)
        }
    }

    @Test("what its goods may take is kept from before the shop is asked, and what they do not take is free again")
    func reserved() async throws {
        try await ReturnsBench.run { bench in
            let id = try await wanted(bench)
            #expect(try await plan(id, bench).credit.decimalString == "54.00")
            await expectRefused("59.01", bench)
            _ = try await bench.request(amount: "59.00")
            let again = try await plan(id, bench)
            #expect(again.credit.decimalString == "54.00")
            await expectRefused("0.01", bench)
            let exchange = try exchange(at: "20.00")
            try await bench.handle {
                _ = try await OpenExchangeHandler(accounts: Self.shop).settle(
                    exchange, of: again, for: OpenExchange(returnID: id), in: $0)
            }
            await expectRefused("34.01", bench)
            _ = try await bench.request(amount: "34.00")
        }
    }

    @Test("where the shop refuses the new goods, the old ones are refunded and nothing is kept beside it")
    func refundedInstead() async throws {
        try await ReturnsBench.run { bench in
            let id = try await wanted(bench)
            _ = try await plan(id, bench)
            #expect(try await bench.refund(id).amount == "54.00")
            _ = try await bench.request(amount: "59.00")
        }
    }

    @Test("a return that ends without it keeps nothing for it")
    func ended() async throws {
        try await ReturnsBench.run { bench in
            let id = try await wanted(bench)
            _ = try await plan(id, bench)
            try await bench.handle {
                var goods = try await ReturnCase.lock(id, in: $0)
                try await ReturnEnd(transaction: $0).end(&goods)
            }
            _ = try await bench.request(amount: "113.00")
        }
    }

    @Test(
        "one that an older build has set aside takes as much",
        arguments: [
            ("20.00", "0.00", "1.50", 2_150), ("60.00", "10.00", "4.00", 5_400), ("20.00", "0.00", nil, 2_000),
            ("50.00", "1.00", nil, 5_400),
        ] as [(price: String, due: String, tax: String?, room: Int64)])
    func migrated(price: String, due: String, tax: String?, room: Int64) async throws {
        let script = try #require(ReturnsSchema.migrations.migrations.first { $0.name == "exchange_rooms" }).sql
        let update = try #require(script.components(separatedBy: ";").first { $0.contains("UPDATE returns.returns") })
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let exchange = try exchange(at: price, due: due, tax: tax)
            #expect(try exchange.room() == room)
            try await setAside(id, exchange, bench)
            try await bench.asOwner { database in
                try await database.execute("UPDATE returns.returns SET exchange_room = NULL WHERE id = \(id.uuid)")
                try await database.execute("\(unsafeRaw: update) AND r.id = \(id.uuid)")
            }
            let kept = try await bench.handle { try await LedgerStore($0).lock(bench.orderID)?.exchanged() }
            #expect(kept == room)
        }
    }
}
