import Commerce
import Contracts
import Messaging
import Providers

/// Closes the lines of a sales order and raises the order's generation: the next one is made under another key.
struct CancelSalesOrderHandler: EffectHandler {
    typealias Message = CancelSalesOrder

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "salesOrder.close", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var salesOrderID: String
        var generation: Int
    }

    func plan(
        _ command: CancelSalesOrder, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let order = try await OrderStore(transaction).lock(command.orderID)
        let known = try await SalesOrderStore(transaction)
            .generation(netSuiteID: command.salesOrderID, of: command.orderID)
        let generation = known ?? order.generation
        return .effect(
            key: "salesOrder.close:\(order.id):\(generation)",
            Request(salesOrderID: command.salesOrderID, generation: generation))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        try await accounts.netSuite(call.workspaceID).client.closeSalesOrder(request.salesOrderID)
        return Done()
    }

    func settle(
        _ outcome: Done, of request: Request, for command: CancelSalesOrder, in transaction: HandlerTransaction
    ) async throws -> Done {
        let orders = OrderStore(transaction)
        var order = try await orders.lock(command.orderID)
        order.generation = max(order.generation, request.generation + 1)
        try await orders.save(order)
        try await SalesOrderStore(transaction).close(generation: request.generation, of: order.id)
        try await ExternalIDStore(transaction).remove(request.salesOrderID, at: "netsuite", from: order.id)
        try await Timeline(order.id, transaction).append(
            TimelineEntry(
                "order.sales_order_closed", "The sales order was closed in NetSuite.",
                externalRef: request.salesOrderID, dedupeKey: request.salesOrderID))
        return outcome
    }
}
