import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import FulfillmentDispatch

@Suite("Handing orders to the warehouse", .enabled(if: TestBench.isThere))
struct DispatchHandlerTests {
    private let orderID = OrderID()
    private let accounts = ProviderAccounts(
        netSuite: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") },
        dcl: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") })

    @Test("a submitted order is published; cancelled, the same sales order goes under another number")
    func lifeOfADispatch() async throws {
        try await TestBench.run { bench in
            let salesOrder = SalesOrder(id: "98431", number: "SO10045", externalID: nil)
            let command = DispatchToWarehouse(orderID: orderID, salesOrder: salesOrder)
            let request = DispatchToWarehouseHandler.Request(
                number: "SO10045", order: CanonicalOrder(number: "#1", currency: "USD", total: "1", lines: []),
                salesOrderID: "98431")
            let dispatched = try await bench.handle { transaction in
                let first = Dispatch.next(salesOrder: salesOrder.number, after: nil)
                try await DispatchStore(transaction).plan(first, of: orderID, salesOrderID: salesOrder.id)
                return try await DispatchToWarehouseHandler(accounts: accounts)
                    .settle(Done(), of: request, for: command, in: transaction)
            }
            #expect(dispatched.result.number == "SO10045")
            #expect(dispatched.sent.types == ["order.dispatched"])

            let cancel = CancelDispatch(orderID: orderID, number: "SO10045")
            let cancelled = try await bench.handle { transaction in
                let handler = CancelDispatchHandler(accounts: accounts)
                guard case .effect(_, let request) = try await handler.plan(cancel, in: transaction) else { return }
                _ = try await handler.settle(Done(), of: request, for: cancel, in: transaction)
            }
            #expect(cancelled.sent.types == ["dispatch.cancelled"])
            let latest = try await bench.handle { try await DispatchStore($0).latest(ofSalesOrder: "98431") }.result
            #expect(latest?.isCancelled == true)
            #expect(Dispatch.next(salesOrder: "SO10045", after: latest).number == "SO10045-2")
        }
    }

    @Test("each sales order that no order knows is sent to be imported")
    func unowned() async throws {
        try await TestBench.run { bench in
            let found = [
                FindUnownedSalesOrdersHandler.Found(id: "1", externalID: "shopify-1"),
                FindUnownedSalesOrdersHandler.Found(id: "2", externalID: nil),
            ]
            let sent = try await bench.handle {
                try await FindUnownedSalesOrdersHandler(accounts: accounts)
                    .settle(found, of: Done(), for: FindUnownedSalesOrders(), in: $0)
            }.sent
            #expect(sent.types == ["ImportSalesOrder", "ImportSalesOrder"])
        }
    }

    @Test("an order that nobody has is refused")
    func unknownOrder() async throws {
        try await TestBench.run { bench in
            let command = DispatchToWarehouse(
                orderID: orderID, salesOrder: SalesOrder(id: "1", number: "SO1", externalID: nil))
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.handle {
                    _ = try await DispatchToWarehouseHandler(accounts: accounts).plan(command, in: $0)
                }
            }
            #expect(refusal?.code == "unknown_order")
        }
    }
}
