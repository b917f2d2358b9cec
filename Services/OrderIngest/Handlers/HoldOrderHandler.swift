import Commerce
import Contracts
import Messaging

/// An operator stops an order before it goes to the warehouse.
struct HoldOrderHandler: CommandHandler {
    func handle(_ command: HoldOrder, in transaction: HandlerTransaction) async throws -> Done {
        let orders = OrderStore(transaction)
        var order = try await orders.lock(command.orderID)
        guard Self.holdable.contains(order.status) else {
            let allowed = Self.holdable.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                code: "not_holdable",
                message: "The order is \(order.status.rawValue); it can be held while it is \(allowed).")
        }
        let before = OrderStanding(order)
        let reason = Refusal(code: OrderHold.manual, message: command.reason)
        order.stop(reason, by: transaction.context.actor, at: transaction.now)
        try await orders.save(order)
        try await transaction.audit(.order("order.hold", order, command.reason, before: before))
        try await Timeline(order.id, transaction).append(
            TimelineEntry(
                "order.held", command.reason, actor: transaction.context.actor, dedupeKey: transaction.cause))
        return Done()
    }

    /// An order on hold for its data can be held by a person as well.
    private static let holdable: [OrderStatus] = OrderStatus.allCases.filter {
        $0 == .onHold || OrderLifeCycle.order.transition(from: $0, on: .hold)?.who.contains(.staff) == true
    }
}
