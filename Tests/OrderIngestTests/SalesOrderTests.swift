import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Providers
import Support
import Testing

@testable import OrderIngest

@Suite("Sales orders", .enabled(if: TestBench.isThere))
struct SalesOrderTests {
    private func store(_ bench: TestBench) async throws -> OrderID {
        let update = try ShopOrderFixture().update
        return try await bench.handle { transaction in
            try await ReceiveShopOrder().receive(update, in: transaction)
            try await ItemMappingStore(transaction).save(["MIE-ROBE-S": "9001"])
            let found = try await OrderStore(transaction).lock(
                provider: "shopify", externalID: "\(ShopOrderFixture().id)")
            return try #require(found).id
        }.result
    }

    private func plan(_ id: OrderID, _ bench: TestBench) async throws -> EffectPlan<
        CreateSalesOrderHandler.Request, SalesOrder
    > {
        try await bench.handle {
            try await CreateSalesOrderHandler(accounts: .none).plan(CreateSalesOrder(orderID: id), in: $0)
        }.result
    }

    private func settle(_ salesOrder: SalesOrder, _ id: OrderID, _ bench: TestBench) async throws {
        guard case .effect(_, let request) = try await plan(id, bench) else {
            Issue.record("a sales order that is not there yet is an effect")
            return
        }
        try await _ = bench.handle {
            try await CreateSalesOrderHandler(accounts: .none)
                .settle(salesOrder, of: request, for: CreateSalesOrder(orderID: id), in: $0)
        }
    }

    @Test("the second generation is made under a key of its own")
    func generations() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            guard case .effect(let key, let request) = try await plan(id, bench) else {
                Issue.record("expected an effect")
                return
            }
            #expect(key == "salesOrder.create:\(id):1")
            #expect(request.externalID == "shopify-5678901234567")
            try await settle(SalesOrder(id: "98431", number: "SO10045", externalID: request.externalID), id, bench)

            let cancel = CancelSalesOrder(orderID: id, salesOrderID: "98431")
            let handler = CancelSalesOrderHandler(accounts: .none)
            guard
                case .effect(_, let closing) = try await bench.handle({ try await handler.plan(cancel, in: $0) }).result
            else { return }
            for _ in 0..<2 {
                try await _ = bench.handle { try await handler.settle(Done(), of: closing, for: cancel, in: $0) }
            }
            guard case .effect(let next, let second) = try await plan(id, bench) else {
                Issue.record("expected an effect")
                return
            }
            #expect(next == "salesOrder.create:\(id):2")
            #expect(second.externalID == "shopify-5678901234567-2")
        }
    }

    @Test("a sales order that is there is the reply")
    func present() async throws {
        try await TestBench.run { bench in
            let id = try await store(bench)
            let salesOrder = SalesOrder(id: "98431", number: "SO10045", externalID: "shopify-5678901234567")
            try await settle(salesOrder, id, bench)
            guard case .reply(let reply) = try await plan(id, bench) else {
                Issue.record("expected a reply")
                return
            }
            #expect(reply == salesOrder)
        }
    }

    @Test("a sales order typed into NetSuite becomes an order once, and its saga finds it")
    func imported() async throws {
        try await TestBench.run { bench in
            let handler = ImportSalesOrderHandler(accounts: .none)
            let command = ImportSalesOrder(salesOrderID: "500", externalID: nil)
            let outcome = ImportSalesOrderHandler.Outcome(
                salesOrder: SalesOrder(id: "500", number: "SO500", externalID: nil),
                order: CanonicalOrder(
                    number: "SO500", externalIDs: ["netsuite": "500"], currency: "USD", total: "10.00", lines: []),
                isOpen: true)
            let sent = try await bench.handle {
                try await handler.settle(outcome, of: .init(salesOrderID: "500"), for: command, in: $0)
            }.sent
            #expect(sent.types == ["order.received"])
            let received: OrderReceived = try #require(sent.first { $0.attributes.type == OrderReceived.type }).data()
            guard case .reply(let reply) = try await plan(received.orderID, bench) else {
                Issue.record("expected a reply")
                return
            }
            #expect(reply.number == "SO500")
            guard case .reply = try await bench.handle({ try await handler.plan(command, in: $0) }).result else {
                Issue.record("a known sales order is not read again")
                return
            }
        }
    }

    @Test(
        "a sales order of ours is not imported, not even while it is only being made",
        arguments: [
            "shopify-5678901234567", "shopify-5678901234567-2",
        ])
    func ours(externalID: String) async throws {
        try await TestBench.run { bench in
            _ = try await plan(store(bench), bench)
            let command = ImportSalesOrder(salesOrderID: "98431", externalID: externalID)
            let handler = ImportSalesOrderHandler(accounts: .none)
            guard case .reply = try await bench.handle({ try await handler.plan(command, in: $0) }).result else {
                Issue.record("a sales order of ours is left alone")
                return
            }
        }
    }

    @Test("an order without a shop is not tagged")
    func untagged() async throws {
        try await TestBench.run { bench in
            let order = OrderRow(document: CanonicalOrder(number: "SO1", currency: "USD", total: "1", lines: []))
            let plan = try await bench.handle { transaction in
                _ = try await OrderStore(transaction).insert(order, provider: "netsuite", externalID: "1")
                return try await TagShopOrderHandler(accounts: .none)
                    .plan(TagShopOrder(orderID: order.id, tag: "SENT_TO_NS", salesOrderID: "1"), in: transaction)
            }.result
            guard case .reply = plan else {
                Issue.record("expected a reply")
                return
            }
        }
    }
}
