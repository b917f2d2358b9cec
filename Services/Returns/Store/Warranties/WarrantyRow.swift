import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// A row of `warranty_claims`.
struct WarrantyRow: Sendable {
    let id: WarrantyID
    let orderID: OrderID?
    let registrationID: RegistrationID?
    var status: WarrantyStatus
    /// What a person has to decide, or why it ended.
    var reason: Refusal?
    let request: WarrantyRequest
    let lineID: String?
    let sku: String
    let title: String
    let quantity: Int
    let coverage: WarrantyCoverage
    /// What is being done, or was done.
    var remedy: WarrantyRemedy?
    /// What a person has chosen; it comes before the plan's.
    var chosen: WarrantyRemedy?
    var finding: WarrantyFinding?
    var repair: WarrantyRepair?
    var replacement: WarrantyReplacement?
    /// On which the goods went back to the customer.
    var parcel: OutgoingParcel?
    var sagaID: SagaID?
    var sagaRun: Int = 0
    var sagaVersion: Int = 0
    var reviewDueAt: Date?
    let createdAt: Date

    /// Whether its registered unit may not be claimed beside it, or ever again: not where nothing was done for it, and
    /// not once it is mended.
    var holdsRegistration: Bool {
        if status.isUndone { return false }
        return status != .closed || remedy != .repair
    }
}

/// `warranty_claims` and `warranty_timeline`.
struct WarrantyStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }

    func insert(_ row: WarrantyRow) async throws {
        try await database.execute(
            """
            INSERT INTO warranty_claims (id, workspace_id, order_id, registration_id, status, request, line_id, sku, title,
                                         quantity, coverage, created_at, updated_at)
            VALUES (\(row.id.uuid), \(transaction.workspaceID.uuid), \(row.orderID?.uuid), \(row.registrationID?.uuid),
                    \(row.status.rawValue), \(try JSONB(encoding: row.request)), \(row.lineID), \(row.sku), \(row.title),
                    \(row.quantity), \(try JSONB(encoding: row.coverage)), \(row.createdAt), \(row.createdAt))
            """)
    }

    /// With its lock, which it keeps to the end of the transaction; nil when there is none.
    func lock(_ id: WarrantyID) async throws -> WarrantyRow? {
        try await database.query(
            """
            SELECT id, order_id, registration_id, status, status_reason, request, line_id, sku, title, quantity, coverage,
                   remedy, chosen, finding, repair, replacement, parcel, saga_id, saga_run, saga_version, review_due_at,
                   created_at
            FROM warranty_claims WHERE id = \(id.uuid) FOR UPDATE
            """
        ).first.map(WarrantyRow.init)
    }

    func save(_ row: WarrantyRow) async throws {
        try await database.execute(
            """
            UPDATE warranty_claims SET status = \(row.status.rawValue),
                status_reason = \(try row.reason.map(JSONB.init(encoding:))), remedy = \(row.remedy?.rawValue),
                chosen = \(row.chosen?.rawValue), finding = \(row.finding?.rawValue),
                repair = \(try row.repair.map(JSONB.init(encoding:))),
                replacement = \(try row.replacement.map(JSONB.init(encoding:))),
                parcel = \(try row.parcel.map(JSONB.init(encoding:))), holds_registration = \(row.holdsRegistration),
                saga_id = \(row.sagaID?.uuid), saga_run = \(row.sagaRun), saga_version = \(row.sagaVersion),
                review_due_at = \(row.reviewDueAt), updated_at = \(transaction.now)
            WHERE id = \(row.id.uuid)
            """)
    }

    func append(_ happening: ReturnHappening, to id: WarrantyID) async throws {
        try await database.execute(
            """
            INSERT INTO warranty_timeline (id, workspace_id, warranty_id, at, type, actor, summary, external_ref, dedupe_key)
            VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(id.uuid), \(transaction.now),
                    \(happening.type), \(transaction.context.actor), \(happening.summary), \(happening.externalRef),
                    \(happening.dedupeKey))
            ON CONFLICT (warranty_id, dedupe_key) DO NOTHING
            """)
    }

    /// How often new goods were set aside for a claim and given up again.
    func cancelledReplacements(of id: WarrantyID) async throws -> Int {
        try await database.query(
            """
            SELECT count(*)::bigint AS times FROM warranty_timeline
            WHERE warranty_id = \(id.uuid) AND type = 'warranty.replacement_cancelled'
            """)[0]("times")
    }

    // MARK: What was claimed before

    /// The claim that keeps a registered unit from being claimed; the registration's lock is held.
    func claim(holding registration: RegistrationID) async throws -> WarrantyID? {
        try await database.query(
            """
            SELECT id FROM warranty_claims WHERE registration_id = \(registration.uuid) AND holds_registration
            """
        ).first.map { WarrantyID(uuid: try $0("id")) }
    }

    /// How often one of these units was claimed with success; the highest count among them.
    func successes(of units: [Int], line: String, order: OrderID) async throws -> Int {
        try await database.query(
            """
            SELECT coalesce(max(times), 0)::bigint AS times FROM (
                SELECT count(*) AS times FROM return_units u JOIN returns r ON r.id = u.return_id
                JOIN warranty_claims c ON c.id = r.warranty_id
                WHERE r.order_id = \(order.uuid) AND u.line_id = \(line) AND u.unit = ANY(\(units))
                    AND c.status = 'closed'
                GROUP BY u.unit) AS claims
            """)[0]("times")
    }

    func successes(of registration: RegistrationID) async throws -> Int {
        try await database.query(
            """
            SELECT count(*)::bigint AS times FROM warranty_claims
            WHERE registration_id = \(registration.uuid) AND status = 'closed'
            """)[0]("times")
    }
}

extension WarrantyRow {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: WarrantyID(uuid: try row("id")),
            orderID: try row("order_id", as: UUID?.self).map(OrderID.init(uuid:)),
            registrationID: try row("registration_id", as: UUID?.self).map(RegistrationID.init(uuid:)),
            status: WarrantyStatus(rawValue: try row("status")) ?? .inReview,
            reason: try row("status_reason", as: JSONB?.self)?.decode(),
            request: try row("request", as: JSONB.self).decode(), lineID: try row("line_id"), sku: try row("sku"),
            title: try row("title"), quantity: try row("quantity"),
            coverage: try row("coverage", as: JSONB.self).decode(),
            remedy: try row("remedy", as: String?.self).flatMap(WarrantyRemedy.init(rawValue:)),
            chosen: try row("chosen", as: String?.self).flatMap(WarrantyRemedy.init(rawValue:)),
            finding: try row("finding", as: String?.self).flatMap(WarrantyFinding.init(rawValue:)),
            repair: try row("repair", as: JSONB?.self)?.decode(),
            replacement: try row("replacement", as: JSONB?.self)?.decode(),
            parcel: try row("parcel", as: JSONB?.self)?.decode(),
            sagaID: try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:)), sagaRun: try row("saga_run"),
            sagaVersion: try row("saga_version"), reviewDueAt: try row("review_due_at"),
            createdAt: try row("created_at"))
    }
}
