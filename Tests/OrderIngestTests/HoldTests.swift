import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import OrderIngest

@Suite("Holding and releasing orders", .enabled(if: TestBench.isThere))
struct HoldTests {
    private func store(_ bench: TestBench) async throws -> OrderID {
        let update = try ShopOrderFixture().update
        try await _ = bench.handle { try await ReceiveShopOrder().receive(update, in: $0) }
        let found = try await bench.handle {
            try await OrderStore($0).lock(provider: "shopify", externalID: "\(ShopOrderFixture().id)")
        }.result
        return try #require(found).id
    }

    private func order(_ id: OrderID, _ bench: TestBench) async throws -> OrderRow {
        try await bench.handle { try await OrderStore($0).lock(id) }.result
    }

    @Test("a held order is on hold with the person's reason, and released it goes on and is checked again")
    func holdAndRelease() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            try await _ = bench.handle {
                try await HoldOrderHandler().handle(HoldOrder(orderID: id, reason: "fraud?"), in: $0)
            }
            var row = try await order(id, bench)
            #expect(row.status == .onHold)
            #expect(row.reason == Refusal(code: "manual_hold", message: "fraud?"))
            #expect(row.hold?.actor == "ops@example.com")
            let sent = try await bench.handle {
                try await ReleaseOrderHandler().handle(ReleaseOrder(orderID: id, reason: "fine"), in: $0)
            }.sent
            #expect(sent.types == ["order.released"])
            row = try await order(id, bench)
            #expect(row.status == .received)
            #expect(row.reason == nil)
            let audit = try await bench.handle { transaction in
                try await transaction.database.query(
                    "SELECT action, before ->> 'status' AS before, after ->> 'status' AS after FROM platform.audit_log ORDER BY id"
                ).map { [try $0("action"), try $0("before"), try $0("after")] as [String] }
            }.result
            #expect(audit == [["order.hold", "received", "on_hold"], ["order.release", "on_hold", "received"]])
        }
    }

    @Test("an order at the warehouse is not holdable, and the refusal says when it would be")
    func tooLate() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            let news = sagaNews(id, "waiting", business: .dispatched)
            try await _ = bench.handle { try await ProjectSaga().handle(news, in: $0) }
            let refusal = try await #require(throws: Refusal.self) {
                try await bench.handle {
                    try await HoldOrderHandler().handle(HoldOrder(orderID: id, reason: "x"), in: $0)
                }
            }
            #expect(refusal.code == "not_holdable")
            #expect(refusal.message.contains("pending_fulfillment"))
        }
    }

    @Test("an order that is not held is not released")
    func notHeld() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            let refusal = try await #require(throws: Refusal.self) {
                try await bench.handle {
                    try await ReleaseOrderHandler().handle(ReleaseOrder(orderID: id, reason: "x"), in: $0)
                }
            }
            #expect(refusal.code == "not_held")
        }
    }

    @Test("a check shows what is wrong with the order, and clears it when it is mended")
    func check() async throws {
        try await TestBench.run { bench in
            let handler = CheckOrderHandler(accounts: .none)
            let id = try await store(bench)
            let plan = try await bench.handle { try await handler.plan(CheckOrder(orderID: id), in: $0) }.result
            guard case .read(let request) = plan else {
                Issue.record("SKUs that nobody asked for are looked up")
                return
            }
            #expect(request.unknownSKUs == ["MIE-ROBE-S"])
            var reply = try await bench.handle {
                try await handler.settle(.init(items: [:]), of: request, for: CheckOrder(orderID: id), in: $0)
            }.result
            #expect(reply.hold?.code == "unmapped_sku")
            #expect(try await order(id, bench).status == .onHold)
            reply = try await bench.handle {
                try await handler.settle(
                    .init(items: ["MIE-ROBE-S": "9001"]), of: request, for: CheckOrder(orderID: id), in: $0)
            }.result
            #expect(reply.hold == nil)
            let row = try await order(id, bench)
            #expect(row.status == .received)
            #expect(row.reason == nil)
        }
    }

    @Test("an order typed into NetSuite is read again while something is wrong with it")
    func rereadTypedOrder() async throws {
        try await TestBench.run { bench in
            let handler = CheckOrderHandler(accounts: .none)
            let good = try ShopOrderFixture().update.document
            var typed = good
            typed.externalIDs = ["netsuite": "500"]
            typed.shippingAddress = nil
            let order = OrderRow(document: typed)
            let command = CheckOrder(orderID: order.id)
            let plan = try await bench.handle { transaction in
                _ = try await OrderStore(transaction).insert(order, provider: "netsuite", externalID: "500")
                let salesOrder = SalesOrder(id: "500", number: "SO500", externalID: nil)
                try await SalesOrderStore(transaction).open(salesOrder, of: order.id, generation: 1)
                return try await handler.plan(command, in: transaction)
            }.result
            guard case .read(let request) = plan else {
                Issue.record("expected a read")
                return
            }
            #expect(request.salesOrderID == "500")
            typed.shippingAddress = good.shippingAddress
            let outcome = CheckOrderHandler.Outcome(items: ["MIE-ROBE-S": "9001"], document: typed)
            let reply = try await bench.handle {
                try await handler.settle(outcome, of: request, for: command, in: $0)
            }.result
            #expect(reply.hold == nil)
            #expect(try await self.order(order.id, bench).document.shippingAddress == good.shippingAddress)
        }
    }
}

extension ProviderAccounts {
    /// For what must not call a provider.
    static let none = ProviderAccounts(
        netSuite: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") },
        shopify: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") })
}
