import Commerce
import Contracts
import Messaging

/// Carries out what a webhook of the shop means for an order that is stored and locked.
struct ShopOrderChange: Sendable {
    private var order: OrderRow
    private let update: ShopUpdate
    private let transaction: HandlerTransaction

    init(order: OrderRow, update: ShopUpdate, transaction: HandlerTransaction) {
        self.order = order
        self.update = update
        self.transaction = transaction
    }

    func apply() async throws {
        var change = self
        let consequences = update.consequences(for: order)
        guard !consequences.isEmpty else { return }
        for consequence in consequences { try await change.carryOut(consequence) }
        change.order.shopUpdatedAt = update.updatedAt ?? order.shopUpdatedAt
        try await OrderStore(transaction).save(change.order)
    }

    private mutating func carryOut(_ consequence: ShopConsequence) async throws {
        switch consequence {
        case .replaceDocument(let isNews): try await replaceDocument(isNews: isNews)
        case .release: try await release()
        case .start: try await start()
        case .wait(let reason): try await wait(reason)
        case .cancel(let reason): try await cancel(reason)
        case .stop(let reason): try await stop(reason)
        case .tooLate(let reason): try await tooLate(reason)
        case .ignoreChange: try await ignoreChange()
        }
    }

    private mutating func replaceDocument(isNews: Bool) async throws {
        order.document = update.document
        guard isNews else { return }
        let isLate = try await SalesOrderStore(transaction).current(of: order) != nil
        try await note(
            "order.updated",
            isLate
                ? "The order was changed in the shop; its sales order stays as it was."
                : "The order was changed in the shop.",
            version)
    }

    private mutating func release() async throws {
        order.release(hasSalesOrder: try await SalesOrderStore(transaction).current(of: order) != nil)
        try transaction.publishReleased(order, reason: "The order was changed in the shop.", actor: .orderIngest)
    }

    private mutating func start() async throws {
        order.startedAt = transaction.now
        order.reason = order.hold?.refusal
        try transaction.publishReceived(order, update.receivedID)
        try await note("order.started", "The order is paid and starts.", "once")
    }

    private mutating func wait(_ reason: Refusal) async throws {
        order.reason = reason
        try await Timeline(order.id, transaction).append(.notStarted(reason))
    }

    private mutating func cancel(_ reason: Refusal) async throws {
        order.status = .cancelled
        order.reason = reason
        try await note("order.cancelled", reason.message, reason.code)
    }

    private mutating func stop(_ reason: Refusal) async throws {
        order.stop(reason, by: transaction.context.actor, at: transaction.now)
        try await note("order.cancelled_in_shop", "\(reason.message) Its process is called off.", version)
        // Where the saga is not known yet, its first news lets it be called off; until then the hold stops it.
        try transaction.callOffSaga(of: order)
    }

    private mutating func tooLate(_ reason: Refusal) async throws {
        let message = "\(reason.message) The warehouse has it: ask for an intercept, or expect a return."
        order.reason = Refusal(code: reason.code, message: message)
        try await note("order.cancelled_in_shop", message, version)
    }

    private func ignoreChange() async throws {
        try await note(
            "order.change_ignored",
            "The order was changed in the shop after the warehouse had it; nothing was carried over.", version)
    }

    /// Names the shop's state of the order: a webhook that comes again adds nothing.
    private var version: String { update.document.updatedAt?.text ?? "unknown" }

    private func note(_ type: String, _ summary: String, _ dedupeKey: String) async throws {
        try await Timeline(order.id, transaction).append(TimelineEntry(type, summary, dedupeKey: dedupeKey))
    }
}
