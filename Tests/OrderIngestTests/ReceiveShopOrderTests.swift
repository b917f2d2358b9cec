import Commerce
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import OrderIngest

@Suite("Receiving orders of the shop", .enabled(if: TestBench.isThere))
struct ReceiveShopOrderTests {
    private func envelope(_ fixture: ShopOrderFixture, _ topic: String, _ bench: TestBench) throws -> Envelope {
        let payload = String(decoding: fixture.json, as: UTF8.self)
        var attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: "webhook.shopify." + topic.replacing("/", with: "."), source: "manual",
            workspaceid: bench.workspaceID)
        attributes.actor = "manual"
        return try Envelope(
            attributes, data: RawJSON(text: #"{"provider":"shopify","topic":"\#(topic)","payload":\#(payload)}"#))
    }

    private func receive(_ fixture: ShopOrderFixture, _ topic: String, _ bench: TestBench) async throws -> [String] {
        let envelope = try envelope(fixture, topic, bench)
        return try await bench.handle { try await ReceiveShopOrder().handle(envelope, in: $0) }.sent.types
    }

    private func stored(_ bench: TestBench, _ fixture: ShopOrderFixture = ShopOrderFixture()) async throws -> OrderRow {
        let found = try await bench.handle {
            try await OrderStore($0).lock(provider: "shopify", externalID: "\(fixture.id)")
        }.result
        return try #require(found)
    }

    private func count(_ bench: TestBench) async throws -> Int {
        try await bench.handle { transaction in
            try await transaction.database.query("SELECT count(*)::int AS count FROM orders")[0]("count")
        }.result
    }

    @Test("twenty deliveries at once make one order and start it once")
    func simultaneous() async throws {
        try await TestBench.run { bench in
            let sent = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<20 { group.addTask { try await receive(ShopOrderFixture(), "orders/paid", bench) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sent == ["order.received"])
            #expect(try await count(bench) == 1)
        }
    }

    @Test(
        "created, updated and paid in any order make one order that starts once",
        arguments: [
            [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
        ])
    func anyOrder(positions: [Int]) async throws {
        try await TestBench.run { bench in
            let base = ShopOrderFixture()
            let webhooks = [
                (
                    base.with {
                        $0.payment = "pending"; $0.updatedAt = ShopOrderFixture.earlier
                    }, "orders/create"
                ),
                (base, "orders/paid"),
                (
                    base.with {
                        $0.updatedAt = ShopOrderFixture.later; $0.quantity = 1
                    }, "orders/updated"
                ),
            ]
            var sent: [String] = []
            for position in positions {
                sent += try await receive(webhooks[position].0, webhooks[position].1, bench)
            }
            #expect(sent == ["order.received"])
            #expect(try await count(bench) == 1)
            #expect(try await stored(bench).document.lines.first?.quantity == 1)
        }
    }

    @Test("an order that is not ready is stored with its reason and does not start")
    func skipped() async throws {
        try await TestBench.run { bench in
            let sent = try await receive(ShopOrderFixture().with { $0.payment = "pending" }, "orders/create", bench)
            #expect(sent.isEmpty)
            let order = try await stored(bench)
            #expect(order.status == .received)
            #expect(order.reason?.code == "payment_pending")
        }
    }

    @Test("topics that are not about an order's data are left alone")
    func otherTopics() async throws {
        try await TestBench.run { bench in
            let sent = try await receive(ShopOrderFixture(), "orders/fulfilled", bench)
            #expect(sent.isEmpty)
            #expect(try await count(bench) == 0)
        }
    }

    @Test("what is no order is malformed, not tried again")
    func malformed() async throws {
        try await TestBench.run { bench in
            let attributes = Envelope.Attributes(
                id: "1", type: "webhook.shopify.orders.paid", source: "manual", workspaceid: bench.workspaceID)
            let envelope = try Envelope(
                attributes, data: RawJSON(text: #"{"topic":"orders/paid","payload":{"name":"1001"}}"#))
            await #expect(throws: MalformedMessage.self) {
                try await bench.handle { try await ReceiveShopOrder().handle(envelope, in: $0) }
            }
        }
    }

    @Test("an order cancelled in the shop before its saga is known is held, and called off once the saga is known")
    func cancelled() async throws {
        try await TestBench.run { bench in
            _ = try await receive(ShopOrderFixture(), "orders/paid", bench)
            let cancelled = ShopOrderFixture().with {
                $0.updatedAt = ShopOrderFixture.later
                $0.cancelledAt = ShopOrderFixture.later
            }
            #expect(try await receive(cancelled, "orders/cancelled", bench).isEmpty)
            let order = try await stored(bench)
            #expect(order.status == .onHold)
            #expect(order.reason?.code == "cancelled_in_shop")
            let news = sagaNews(order.id, "waiting")
            let sent = try await bench.handle { try await ProjectSaga().handle(news, in: $0) }.sent
            #expect(sent.types == ["OperateSaga"])
            #expect(try await receive(cancelled, "orders/cancelled", bench).isEmpty)
        }
    }
}
