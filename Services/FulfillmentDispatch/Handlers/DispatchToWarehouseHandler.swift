import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Hands an order to the warehouse, together with others that are handed over at the same time. A number that is taken
/// by the same order counts as success: the first try arrived.
struct DispatchToWarehouseHandler: EffectHandler {
    typealias Message = DispatchToWarehouse

    let accounts: ProviderAccounts
    var queues = SubmissionQueues()
    let effect = EffectKind("dcl", "order.submit", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var number: String
        var order: CanonicalOrder
        var salesOrderID: String
    }

    func plan(
        _ command: DispatchToWarehouse, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, DispatchToWarehouse.Reply> {
        let order = try await OrderView(transaction).document(of: command.orderID)
        let dispatches = DispatchStore(transaction)
        let salesOrder = command.salesOrder
        let dispatch = Dispatch.next(
            salesOrder: salesOrder.number, after: try await dispatches.latest(ofSalesOrder: salesOrder.id))
        // WHY: made here only to refuse before anything is written down.
        _ = try DCLOrderDraft(order, number: dispatch.number, at: transaction.now)
        try await dispatches.plan(dispatch, of: command.orderID, salesOrderID: salesOrder.id)
        return .effect(
            key: "dispatch:\(dispatch.number)",
            Request(number: dispatch.number, order: order, salesOrderID: salesOrder.id))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Done {
        let draft = try DCLOrderDraft(request.order, number: request.number, at: call.now)
        let client = try await accounts.dcl(call.workspaceID)
        _ = try await queues.queue(of: call.workspaceID).submit(draft) { await client.submitTogether($0) }
        return Done()
    }

    func settle(
        _ outcome: Done, of request: Request, for command: DispatchToWarehouse, in transaction: HandlerTransaction
    ) async throws -> DispatchToWarehouse.Reply {
        try await DispatchStore(transaction).markSubmitted(request.number)
        try transaction.publish(
            OrderDispatched(
                orderID: command.orderID, number: request.number, salesOrderID: request.salesOrderID),
            subject: "\(command.orderID)")
        return DispatchToWarehouse.Reply(number: request.number)
    }
}
