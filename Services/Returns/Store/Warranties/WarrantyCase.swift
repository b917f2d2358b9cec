import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// A claim under its lock, on its way from how it was to how it will be.
///
/// *Guarantees*: its status changes only as its life cycle permits; what changed is saved, told on its timeline and
/// announced to webhooks in one transaction. Where a claim has a return, that is locked before it.
struct WarrantyCase: Sendable {
    var row: WarrantyRow
    private let before: WarrantyRecord
    private let transaction: HandlerTransaction

    private var store: WarrantyStore { WarrantyStore(transaction) }

    /// Failure: a ``Refusal`` `not_found`.
    static func lock(_ id: WarrantyID, in transaction: HandlerTransaction) async throws -> WarrantyCase {
        guard let row = try await WarrantyStore(transaction).lock(id),
            let before = try await WarrantyRecords.find(id, withTimeline: false, in: transaction.database)
        else { throw Refusal(code: "not_found", message: "There is no claim \(id).") }
        return WarrantyCase(row: row, before: before, transaction: transaction)
    }

    private init(row: WarrantyRow, before: WarrantyRecord, transaction: HandlerTransaction) {
        self.row = row
        self.before = before
        self.transaction = transaction
    }

    /// Of the goods, where they have come in.
    var receivedAt: Date? { before.receivedAt }

    /// The refund that its return has, with that return; nil for none.
    var refund: (goods: ReturnID, id: RefundID)? {
        guard let goods = before.returnID, let refund = before.refund else { return nil }
        return (goods, refund.id)
    }

    // MARK: Its status

    /// Failure: a ``Refusal`` `not_allowed` where the life cycle has no such step for the actor.
    mutating func move(_ event: WarrantyEvent, by actor: LifeCycleActor = .system) throws(Refusal) {
        guard let transition = WarrantyLifeCycle.warrantyClaim.transition(from: row.status, on: event),
            transition.who.contains(actor)
        else {
            throw Refusal(
                code: "not_allowed", message: "A claim that is \(row.status.rawValue) takes no \(event.rawValue).")
        }
        row.status = transition.to
        if row.status != .inReview {
            row.reviewDueAt = nil
            if row.status != .rejected { row.reason = nil }
        }
    }

    /// Moves on where the life cycle permits it, and stays otherwise: for news that may come late or twice.
    /// - Returns: whether it moved.
    @discardableResult
    mutating func follow(_ event: WarrantyEvent, by actor: LifeCycleActor = .system) -> Bool {
        do { try move(event, by: actor) } catch { return false }
        return true
    }

    /// Hands it to a person, who is told of refunds in the shop as well: a yes given without knowing of them lets nothing
    /// go. One that is in review already gets the new reason.
    /// - Parameters:
    ///   - goods: its return; nil for a claim without one.
    ///   - within: seconds until somebody should have decided.
    mutating func review(
        _ reason: Refusal, of goods: ReturnRow?, within seconds: Int, by actor: LifeCycleActor = .system
    ) throws(Refusal) {
        if row.status != .inReview { try move(.review, by: actor) }
        row.reason = goods?.shopRefund.map { reason.with($0) } ?? reason
        row.reviewDueAt = transaction.now.addingTimeInterval(TimeInterval(seconds))
    }

    /// Writes the claim down with what is told of it.
    /// - Parameter happening: for the timeline; nil adds nothing to it.
    func save(_ happening: ReturnHappening? = nil) async throws {
        try await store.save(row)
        if let happening { try await store.append(happening, to: row.id) }
        guard let now = try await WarrantyRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        try transaction.announce(.warrantyUpdated, now, before: before, subject: row.id.description)
    }

    /// Adds to the timeline of a claim what changes nothing else.
    func note(_ happening: ReturnHappening) async throws {
        try await store.append(happening, to: row.id)
    }
}

extension WarrantyCase {
    /// Shows on a claim where the return stands that brings in its goods; nothing to do for a return of its own.
    static func follow(_ goods: ReturnRow, in transaction: HandlerTransaction) async throws {
        guard let id = goods.warrantyID, let event = WarrantyEvent(following: goods.status) else { return }
        var claim = try await lock(id, in: transaction)
        // What is being decided about stays with whoever decides, unless the parcel itself was missed.
        if event == .receive, claim.row.status == .inReview, claim.row.reason?.code != Refusal.parcelLost { return }
        let status = claim.row.status
        // WHY: money that had arrived before it was asked for again is asked for and there in one.
        if event == .refundSucceeded { claim.follow(.requestRefund) }
        guard claim.follow(event), claim.row.status != status else { return }
        if event == .refundFailed {
            claim.row.reason = goods.reason ?? Refusal(code: "refund_failed", message: "The refund has failed.")
        }
        try await claim.save(
            ReturnHappening(
                "warranty.\(claim.row.status.rawValue)", event.summary, externalRef: goods.label?.trackingNumber,
                dedupeKey: "\(goods.key)-\(transaction.now.timeIntervalSince1970)"))
    }
}

extension WarrantyEvent {
    /// What a return's new status means for its claim; nil where nothing.
    fileprivate init?(following status: ReturnStatus) {
        switch status {
        case .labelSent: self = .labelSent
        case .inTransit: self = .pickUp
        // What the warehouse has graded at once is received and inspected in one.
        case .received, .inspected: self = .receive
        case .refundPending: self = .requestRefund
        case .refunded: self = .refundSucceeded
        // Only where its refund has failed is the return of a claim in review when the claim is not.
        case .inReview: self = .refundFailed
        case .expired: self = .expire
        case .requested, .eligibilityCheck, .approved, .labelPending, .exchanged, .closed, .rejected, .cancelled:
            return nil
        }
    }

    fileprivate var summary: String {
        switch self {
        case .labelSent: "The customer was told where to send the goods."
        case .pickUp: "The carrier has the parcel."
        case .receive: "Goods have come in; somebody has to look at them."
        case .requestRefund: "The refund is on its way."
        case .refundSucceeded: "The money has arrived."
        case .refundFailed: "The money was not given back; a person has to decide."
        case .expire: "Nobody has seen the parcel in time."
        default: rawValue
        }
    }
}

/// The return of a claim under its lock: its order's ledger is locked before it, the claim after it.
enum ClaimedReturn {
    /// Nil for a claim without a return.
    static func lock(of id: WarrantyID, in transaction: HandlerTransaction) async throws -> ReturnCase? {
        guard let found = try await ReturnStore(transaction).find(of: id) else { return nil }
        _ = try await LedgerStore(transaction).lock(found.orderID)
        return try await ReturnCase.lock(found.id, in: transaction)
    }
}
