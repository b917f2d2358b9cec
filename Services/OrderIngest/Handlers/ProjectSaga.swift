import Commerce
import Contracts
import Messaging

/// Shows on the order how its saga goes.
struct ProjectSaga: EventHandler {
    func handle(_ news: SagaUpdated, in transaction: HandlerTransaction) async throws {
        let orders = OrderStore(transaction)
        guard news.name == SagaProjection.saga, let orderID = OrderID(news.key),
            var order = try await orders.lockIfPresent(orderID), let projection = SagaProjection(news, for: order)
        else { return }
        let before = order
        order.follow(news, projection)
        try await orders.save(order)
        if before.sagaID == nil, order.isCalledOff { try transaction.callOffSaga(of: order) }
        try await note(order, since: before, news, in: transaction)
    }

    /// What other events tell of better, such as the dispatch, is not told twice.
    private func note(
        _ order: OrderRow, since before: OrderRow, _ news: SagaUpdated, in transaction: HandlerTransaction
    ) async throws {
        let isNewTrouble = order.reason != nil && order.reason != before.reason
        let summary = order.status == before.status ? nil : Self.summaries[order.status]
        guard let told = isNewTrouble ? order.reason?.message : summary else { return }
        let type = order.status == before.status ? "saga.\(news.status)" : "order.\(order.status.rawValue)"
        try await Timeline(order.id, transaction).append(
            TimelineEntry(
                type, told, actor: ServiceName.sagaCoordinator.rawValue, dedupeKey: "\(news.run).\(news.version)"))
    }

    private static let summaries: [OrderStatus: String] = [
        .received: "The order's process begins again.",
        .fulfilled: "The order is fulfilled.",
        .delivered: "Every package is delivered.",
        .cancelled: "The order is cancelled.",
        .needsAttention: "The order needs attention.",
    ]
}

extension OrderRow {
    mutating func follow(_ news: SagaUpdated, _ projection: SagaProjection) {
        status = projection.status
        reason = projection.reason
        sagaID = news.sagaID
        sagaRun = news.run
        sagaVersion = news.version
        // WHY: beyond the warehouse's door a hold came too late, and after the end there is nothing left to hold.
        if !status.isBeforeWarehouse { hold = nil }
    }
}
