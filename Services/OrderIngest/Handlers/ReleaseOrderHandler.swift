import Commerce
import Contracts
import Messaging

/// An operator lets a held order go on: its saga checks it again.
struct ReleaseOrderHandler: CommandHandler {
    func handle(_ command: ReleaseOrder, in transaction: HandlerTransaction) async throws -> Done {
        let orders = OrderStore(transaction)
        var order = try await orders.lock(command.orderID)
        guard order.status == .onHold else {
            throw Refusal(
                code: "not_held",
                message: "The order is \(order.status.rawValue); it can be released while it is on_hold.")
        }
        let before = OrderStanding(order)
        order.release(hasSalesOrder: try await SalesOrderStore(transaction).current(of: order) != nil)
        try await orders.save(order)
        try transaction.publishReleased(order, reason: command.reason)
        try await transaction.audit(.order("order.release", order, command.reason, before: before))
        try await Timeline(order.id, transaction).append(
            TimelineEntry(
                "order.released", command.reason, actor: transaction.context.actor, dedupeKey: transaction.cause))
        return Done()
    }
}
