import Commerce
import Foundation
import Messaging
import Providers

/// What one webhook of the shop says about an order.
struct ShopUpdate: Sendable {
    let document: CanonicalOrder
    let readiness: ShopReadiness
    /// The shop's own time of the state that is told; nil when the shop gave none that can be read.
    let updatedAt: Date?
    /// The webhook, where it is archived.
    let receivedID: ReceivedID?

    init(_ order: ShopifyOrder, receivedID: ReceivedID? = nil) {
        document = CanonicalOrder(order)
        readiness = ShopReadiness(order)
        updatedAt = document.updatedAt?.date
        self.receivedID = receivedID
    }

    init(document: CanonicalOrder, readiness: ShopReadiness, updatedAt: Date?) {
        self.document = document
        self.readiness = readiness
        self.updatedAt = updatedAt
        receivedID = nil
    }
}

extension ShopUpdate {
    /// What follows from an update for an order that is already stored. Webhooks repeat and overtake each other: one
    /// that is older than what is known changes nothing, and one that tells nothing new changes nothing either.
    func consequences(for order: OrderRow) -> [ShopConsequence] {
        guard !isOlder(than: order.shopUpdatedAt) else { return [] }
        if case .cancelled(let reason) = readiness { return cancellation(of: order, reason) }
        guard order.status.isBeforeWarehouse else { return isNews(for: order) ? [.ignoreChange] : [] }
        return replacement(of: order) + progress(of: order)
    }

    /// WHY: a tag alone, often our own, is no news for a person; neither is the language that mails are written in, nor what
    /// the goods weigh.
    private func isNews(for order: OrderRow) -> Bool {
        var known = order.document
        known.updatedAt = document.updatedAt
        known.tags = document.tags
        // Told of orders that were stored before it was; it changes with the order itself.
        known.presentment = document.presentment
        known.customer.locale = document.customer.locale
        known.take(weightsOf: document)
        return known != document
    }

    private func isOlder(than known: Date?) -> Bool {
        guard let known, let updatedAt else { return false }
        return updatedAt < known
    }

    private func replacement(of order: OrderRow) -> [ShopConsequence] {
        guard order.document != document else { return [] }
        let isNews = isNews(for: order)
        let isMended = order.status == .onHold && order.hold == nil && document.problems.isEmpty
        return [.replaceDocument(isNews: isNews)] + (isNews && isMended ? [.release] : [])
    }

    private func progress(of order: OrderRow) -> [ShopConsequence] {
        guard order.startedAt == nil else { return [] }
        guard let reason = readiness.reason else { return [.start] }
        return order.reason == reason ? [] : [.wait(reason)]
    }

    private func cancellation(of order: OrderRow, _ reason: Refusal) -> [ShopConsequence] {
        if order.status == .cancelled || order.hold?.code == reason.code || order.reason?.code == reason.code {
            return []
        }
        if order.startedAt == nil || order.status == .needsAttention { return [.cancel(reason)] }
        return order.status.isBeforeWarehouse ? [.stop(reason)] : [.tooLate(reason)]
    }
}

extension CanonicalOrder {
    fileprivate mutating func take(weightsOf other: CanonicalOrder) {
        for index in lines.indices {
            let same = other.lines.first { $0.id == lines[index].id }
            lines[index].product?.weightGrams = same?.product?.weightGrams
        }
    }
}

/// One thing to do about an update.
enum ShopConsequence: Equatable, Sendable {
    /// Take over the shop's data; a person hears of it where it is news.
    case replaceDocument(isNews: Bool)
    /// What kept the order on hold may be mended: have it checked again.
    case release
    /// It is ready for the first time: begin.
    case start
    /// It is not ready, for a reason that was not known before.
    case wait(Refusal)
    /// Nothing is under way: it simply ends.
    case cancel(Refusal)
    /// Its saga is under way and has not reached the warehouse: hold it and call the saga off.
    case stop(Refusal)
    /// The warehouse has it: a person decides.
    case tooLate(Refusal)
    /// It was changed in the shop after the warehouse had it.
    case ignoreChange
}

extension OrderStatus {
    /// Whether the warehouse does not know of the order, so that its data may still change.
    var isBeforeWarehouse: Bool {
        switch self {
        case .received, .onHold, .pendingFulfillment, .needsAttention: true
        case .dispatched, .partiallyFulfilled, .fulfilled, .delivered, .cancelled: false
        }
    }
}
