import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// A return under its lock, on its way from how it was to how it will be.
///
/// *Guarantees*: its status changes only as its life cycle permits; what changed is saved, told on its timeline, shown on
/// its ticket and announced to webhooks in one transaction.
struct ReturnCase: Sendable {
    var row: ReturnRow
    /// Whether saving it shows on its ticket where it stands; who changes the ticket itself writes that, and tells of all
    /// of it once.
    var showsOnTicket = true
    /// As the world outside was last told of it: when it was locked, or saved since.
    private(set) var before: ReturnRecord
    private let transaction: HandlerTransaction

    private var store: ReturnStore { ReturnStore(transaction) }

    /// Failure: a ``Refusal`` `not_found`.
    static func lock(_ id: ReturnID, in transaction: HandlerTransaction) async throws -> ReturnCase {
        guard let found = try await ReturnStore(transaction).lock(id) else {
            throw Refusal(code: "not_found", message: "There is no return \(id).")
        }
        return ReturnCase(row: found.row, before: found.record, transaction: transaction)
    }

    private init(row: ReturnRow, before: ReturnRecord, transaction: HandlerTransaction) {
        self.row = row
        self.before = before
        self.transaction = transaction
    }

    // MARK: Its status

    /// Whether the life cycle has a next status for this.
    func permits(_ event: ReturnEvent, by actor: LifeCycleActor = .system) -> Bool {
        ReturnLifeCycle.goodsReturn.transition(from: row.status, on: event)?.who.contains(actor) == true
    }

    /// Failure: a ``Refusal`` `not_allowed` where the life cycle has no such step for the actor.
    mutating func move(_ event: ReturnEvent, by actor: LifeCycleActor = .system) throws(Refusal) {
        guard let transition = ReturnLifeCycle.goodsReturn.transition(from: row.status, on: event),
            transition.who.contains(actor)
        else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(row.status.rawValue) takes no \(event.rawValue).")
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
    mutating func follow(_ event: ReturnEvent, by actor: LifeCycleActor = .system) -> Bool {
        guard permits(event, by: actor) else { return false }
        do { try move(event, by: actor) } catch { return false }
        return true
    }

    /// Hands it to a person, who is told of refunds in the shop as well; one that is in review already gets the new reason.
    /// - Parameter within: seconds until somebody should have decided.
    mutating func review(_ reason: Refusal, within seconds: Int? = nil) throws(Refusal) {
        if row.status != .inReview { try move(.review) }
        row.reason = row.shopRefund.map { reason.with($0) } ?? reason
        row.reviewDueAt = seconds.map { transaction.now.addingTimeInterval(TimeInterval($0)) } ?? row.reviewDueAt
    }

    // MARK: Its end

    /// Writes the return down with what is told of it.
    ///
    /// - Parameters:
    ///   - happening: for the timeline; nil adds nothing to it.
    ///   - units: those that have changed.
    mutating func save(_ happening: ReturnHappening? = nil, units: [ReturnUnit] = []) async throws {
        try store.save(row, since: before)
        store.save(units, of: row.id)
        if let happening { ReturnTimeline(row.id, transaction).append(happening) }
        if showsOnTicket, row.status != before.status {
            // A return has its ticket from its first moment, or never.
            if before.ticketID != nil { try await TicketStore(transaction).follow(row.status, of: row.id) }
            try await WarrantyCase.follow(row, in: transaction)
        }
        let now = try await store.record(of: row, since: before)
        try transaction.announce(.returnUpdated, now, before: before, subject: row.id.description)
        before = now
    }
}

/// One thing that happened to a return, for a person to read.
struct ReturnHappening: Sendable {
    var type: String
    var summary: String
    /// What another system calls the thing that came about.
    var externalRef: String?
    /// Names the happening: a second one with the same key adds nothing.
    var dedupeKey: String

    init(_ type: String, _ summary: String, externalRef: String? = nil, dedupeKey: String) {
        self.type = type
        self.summary = summary
        self.externalRef = externalRef
        self.dedupeKey = "\(type):\(dedupeKey)"
    }
}

/// `return_timeline`: append-only.
struct ReturnTimeline: Sendable {
    private let returnID: ReturnID
    private let transaction: HandlerTransaction

    init(_ returnID: ReturnID, _ transaction: HandlerTransaction) {
        self.returnID = returnID
        self.transaction = transaction
    }

    /// When something happened last; nil where it never did.
    func last(_ type: String) async throws -> Date? {
        try await transaction.database.query(
            "SELECT max(at) AS at FROM return_timeline WHERE return_id = \(returnID.uuid) AND type = \(type)"
        )[0]("at")
    }

    /// Whether such a thing has happened in this life of the return.
    /// - Parameter key: ``ReturnRow/key``, with which what happens in it is named.
    func has(_ type: String, inLife key: String) async throws -> Bool {
        let name = "\(type):\(key)"
        return try await !transaction.database.query(
            """
            SELECT 1 AS told FROM return_timeline WHERE return_id = \(returnID.uuid) AND type = \(type)
                AND (dedupe_key = \(name) OR starts_with(dedupe_key, \(name + "-")))
            """
        ).isEmpty
    }

    /// Whether it tells of this already.
    func has(_ happening: ReturnHappening) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 AS told FROM return_timeline
            WHERE return_id = \(returnID.uuid) AND dedupe_key = \(happening.dedupeKey)
            """
        ).isEmpty
    }

    /// Travels with the next statement or COMMIT.
    func append(_ happening: ReturnHappening) {
        transaction.database.enqueue(
            """
            INSERT INTO return_timeline (id, workspace_id, return_id, at, type, actor, summary, external_ref, dedupe_key)
            VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(returnID.uuid), \(transaction.now),
                    \(happening.type), \(transaction.context.actor), \(happening.summary), \(happening.externalRef),
                    \(happening.dedupeKey))
            ON CONFLICT (return_id, dedupe_key) DO NOTHING
            """)
    }
}
