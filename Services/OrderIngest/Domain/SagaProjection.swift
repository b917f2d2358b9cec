import Commerce
import Contracts
import Messaging

/// What the order shows of its saga: pure, from the order as it stands and one `saga.updated`.
///
/// News are ordered by (run, version); older ones are passed over, so they may come in any order and more than once.
struct SagaProjection: Equatable, Sendable {
    var status: OrderStatus
    var reason: Refusal?

    /// Nil when the news is old, or of another saga.
    init?(_ news: SagaUpdated, for order: OrderRow) {
        guard news.name == Self.saga, (news.run, news.version) > (order.sagaRun, order.sagaVersion) else { return nil }
        status = order.status
        reason = order.reason
        if order.sagaRun > 0, news.run > order.sagaRun { restart() }
        apply(news)
    }

    static let saga = "order-fulfillment"

    /// A new run begins a new life, also of a cancelled order, which the life cycle alone would never leave.
    private mutating func restart() {
        if status == .needsAttention || status == .cancelled { status = .received }
        if status != .onHold { reason = nil }
    }

    private mutating func apply(_ news: SagaUpdated) {
        switch news.status {
        case "compensated", "failed":
            move(to: .needsAttention)
            reason = news.error ?? Refusal(code: news.status, message: "The order's process was undone.")
        case "cancelled":
            move(to: .cancelled)
            reason = news.error ?? reason
        case "stuck", "diverged", "terminated":
            follow(news.businessStatus)
            let message = news.error?.message ?? "The order's process is \(news.status); an operator has to look at it."
            reason = Refusal(code: Self.troublePrefix + news.status, message: message)
        default:
            follow(news.businessStatus)
            if reason?.code.hasPrefix(Self.troublePrefix) == true { reason = nil }
        }
    }

    private static let troublePrefix = "saga_"

    /// Takes over the saga's business status.
    ///
    /// Whether an order is held is decided here and not by the saga: while it is, only what lies beyond the warehouse's
    /// door counts, which means that the hold came too late.
    private mutating func follow(_ businessStatus: String?) {
        guard let next = businessStatus.flatMap(OrderStatus.init(rawValue:)), next != .onHold else { return }
        if status == .onHold, next.isBeforeWarehouse { return }
        if status == .onHold { reason = nil }
        move(to: next)
    }

    private mutating func move(to next: OrderStatus) {
        guard OrderLifeCycle.order.reaches(next, from: status) else { return }
        status = next
    }
}

extension LifeCycle where State == OrderStatus, Event == OrderEvent {
    /// Whether the one status can follow the other, also where news between them were missed. What a person has to
    /// restart is never passed through unseen.
    func reaches(_ next: OrderStatus, from status: OrderStatus) -> Bool {
        var seen: Set = [status]
        var frontier = [status]
        while let state = frontier.popLast() {
            for following in allowed(from: state).map(\.to) where seen.insert(following).inserted {
                if following == next { return true }
                if following != .needsAttention { frontier.append(following) }
            }
        }
        return false
    }
}
