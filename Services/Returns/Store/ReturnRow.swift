import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// A row of `returns`, with its units.
struct ReturnRow: Sendable {
    let id: ReturnID
    let orderID: OrderID
    var status: ReturnStatus
    /// What a person has to decide, or why it ended.
    var reason: Refusal?
    let channel: ReturnChannel
    /// The claim whose goods it brings in, and which drives it; nil for a return of its own.
    var warrantyID: WarrantyID?
    var request: ReturnRequest
    let resolution: ReturnResolution
    var decision: ReturnDecision
    let policyVersion: Int
    var label: ReturnShippingLabel?
    /// What others call it, by provider.
    var externalIDs: [String: String]
    var refundID: RefundID?
    /// Counts its lives; see ``key``.
    var generation: Int
    var sagaID: SagaID?
    var sagaRun: Int
    var sagaVersion: Int
    /// Whether its saga has ended well, and nothing drives it any more.
    var rests = false
    /// What it has done to the subscription that is named with it; nil for nothing, and once it is taken back. Stays where
    /// that is not possible any more.
    var subscriptionChange: SubscriptionChange?
    /// What a person did not accept of it, of all its lives.
    var declined: [DeclinedLine] = []
    /// What was refunded in the shop of lines whose units it holds; nil for nothing, and once a person has approved it
    /// knowing that.
    var shopRefund: Refusal?
    var reviewDueAt: Date?
    var receivedAt: Date?
    let createdAt: Date
    var units: [ReturnUnit]

    /// What names this life of the return at providers: its id, with `-2` for the second.
    var key: String { generation == 1 ? "\(id)" : "\(id)-\(generation)" }
}

/// `returns` and `return_units`.
struct ReturnStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }

    func insert(_ row: ReturnRow) async throws {
        let workspace = transaction.workspaceID.uuid
        try await database.execute(
            """
            INSERT INTO returns (id, workspace_id, order_id, status, resolution, channel, request, decision, policy_version,
                                 warranty_id, created_at, updated_at)
            VALUES (\(row.id.uuid), \(workspace), \(row.orderID.uuid), \(row.status.rawValue),
                    \(row.resolution.rawValue), \(row.channel.rawValue), \(try JSONB(encoding: row.request)),
                    \(try JSONB(encoding: row.decision))::json, \(row.policyVersion), \(row.warrantyID?.uuid),
                    \(row.createdAt), \(row.createdAt))
            """)
        let units = row.units
        try await database.execute(
            """
            INSERT INTO return_units (return_id, line_id, unit, workspace_id, position, sku, title, reason, stays,
                                      checklist)
            SELECT \(row.id.uuid), line, unit, \(workspace), position, sku, title, reason, stays, checklist
            FROM unnest(\(units.map(\.lineID)), \(units.map(\.number)), \(Array(units.indices)), \(units.map(\.sku)),
                \(units.map(\.title)), \(units.map(\.reason)), \(units.map(\.stays)),
                \(units.map(\.checklist?.rawValue)))
                AS u(line, unit, position, sku, title, reason, stays, checklist)
            """)
    }

    /// With its lock, which it keeps to the end of the transaction, and as the world outside sees it; nil when there is
    /// none.
    func lock(_ id: ReturnID) async throws -> (row: ReturnRow, record: ReturnRecord)? {
        let rows = try await database.pipeline(
            [
                """
                SELECT id, order_id, status, status_reason, resolution, channel, request, decision, policy_version, label,
                       external_ids, refund_id, generation, saga_id, saga_run, saga_version, rests,
                       subscription_change, shop_refund, warranty_id,
                       review_due_at, received_at, created_at, updated_at, declined,
                       (SELECT t.id FROM tickets t WHERE t.return_id = returns.id) AS ticket_id
                FROM returns WHERE id = \(id.uuid) FOR UPDATE
                """
            ] + ReturnRecords.beside(id))
        guard let row = rows[0].first else { return nil }
        var record = try ReturnRecord(row)
        try record.take(beside: Array(rows.dropFirst()))
        return (try ReturnRow(row, record, units: rows[1].map(ReturnUnit.init)), record)
    }

    /// How the world outside sees a return whose row has changed since it was locked.
    func record(of row: ReturnRow, since before: ReturnRecord) async throws -> ReturnRecord {
        let rows = try await database.pipeline(
            ["SELECT review_due_at, received_at, updated_at FROM returns WHERE id = \(row.id.uuid)"]
                + ReturnRecords.beside(row.id, calculated: before.refund?.id))
        var record = before
        record.sagaID = row.sagaID
        record.status = row.status
        record.statusReason = row.reason
        record.request = row.request
        record.decision = row.decision
        record.label = row.label
        record.externalIDs = row.externalIDs
        record.declined = row.declined
        record.reviewDueAt = try rows[0][0]("review_due_at")
        record.receivedAt = try rows[0][0]("received_at")
        record.updatedAt = try rows[0][0]("updated_at")
        try record.take(beside: Array(rows.dropFirst()))
        return record
    }

    func orderID(of id: ReturnID) async throws -> OrderID? {
        try await database.query("SELECT order_id FROM returns WHERE id = \(id.uuid)").first.map {
            OrderID(uuid: try $0("order_id"))
        }
    }

    /// What was refunded in the shop of lines whose units it holds, without its lock; see ``ReturnRow/shopRefund``.
    func shopRefund(of id: ReturnID) async throws -> Refusal? {
        try await database.query("SELECT shop_refund FROM returns WHERE id = \(id.uuid)").first
            .flatMap { try $0("shop_refund", as: JSONB?.self)?.decode() }
    }

    /// The return that brings in the goods of a claim; nil for a claim without one.
    func find(of claim: WarrantyID) async throws -> (id: ReturnID, orderID: OrderID)? {
        try await database.query("SELECT id, order_id FROM returns WHERE warranty_id = \(claim.uuid)").first.map {
            (ReturnID(uuid: try $0("id")), OrderID(uuid: try $0("order_id")))
        }
    }

    /// The return that a parcel belongs to, also one that travels on a label whose place another has taken.
    func find(trackingNumber: String) async throws -> ReturnID? {
        let workspace = transaction.workspaceID.uuid
        return try await database.query(
            """
            SELECT id FROM returns WHERE workspace_id = \(workspace) AND label IS NOT NULL
                AND label ->> 'tracking_number' = \(trackingNumber)
            UNION ALL
            SELECT return_id FROM replaced_labels WHERE workspace_id = \(workspace)
                AND tracking_number = \(trackingNumber)
            """
        ).first.map { ReturnID(uuid: try $0("id")) }
    }

    /// The return whose new goods a draft order of the shop sets aside.
    func find(exchange draftID: String) async throws -> ReturnID? {
        try await database.query(
            """
            SELECT id FROM returns WHERE workspace_id = \(transaction.workspaceID.uuid) AND external_ids ? 'exchange'
                AND external_ids ->> 'exchange' = \(draftID)
            """
        ).first.map { ReturnID(uuid: try $0("id")) }
    }

    /// Those under way whose goods came from a subscription.
    func open(of subscription: ReturnRequest.Subscription) async throws -> [ReturnID] {
        try await database.query(
            """
            SELECT id FROM returns
            WHERE workspace_id = \(transaction.workspaceID.uuid)
                AND request -> 'subscription' ->> 'id' = \(subscription.id)
                AND request -> 'subscription' ->> 'provider' = \(subscription.provider)
                AND status NOT IN ('refunded', 'exchanged', 'closed', 'rejected', 'cancelled', 'expired')
            ORDER BY id
            """
        ).map { ReturnID(uuid: try $0("id")) }
    }

    /// Takes note of news from the return's saga that changes nothing anybody sees.
    /// - Returns: false for a return to which they may be more, or are less: its first, late ones, those that end trouble.
    func note(_ news: SagaUpdated, of id: ReturnID, unless reasonPrefix: String) async throws -> Bool {
        try await database.execute(
            """
            UPDATE returns SET saga_run = \(news.run), saga_version = \(news.version), rests = \(news.isCompleted)
            WHERE id = \(id.uuid) AND saga_id = \(news.sagaID.uuid)
                AND (saga_run, saga_version) < (\(news.run), \(news.version))
                AND NOT starts_with(coalesce(status_reason ->> 'code', ''), \(reasonPrefix))
            """) > 0
    }

    /// Travels with the next statement or COMMIT.
    func save(_ row: ReturnRow, since before: ReturnRecord) throws {
        // WHY: much the largest parts of a row, and hardly ever others: they are not written anew each time.
        let decision = row.decision == before.decision ? nil : try JSONB(encoding: row.decision)
        let request = row.request == before.request ? nil : try JSONB(encoding: row.request)
        database.enqueue(
            """
            UPDATE returns SET status = \(row.status.rawValue), status_reason = \(try row.reason.map(JSONB.init(encoding:))),
                label = \(try row.label.map(JSONB.init(encoding:))), external_ids = \(try JSONB(encoding: row.externalIDs)),
                decision = coalesce(\(decision)::json, decision), request = coalesce(\(request)::jsonb, request),
                declined = \(try JSONB(encoding: row.declined)), refund_id = \(row.refundID?.uuid),
                generation = \(row.generation), saga_id = \(row.sagaID?.uuid), saga_run = \(row.sagaRun),
                saga_version = \(row.sagaVersion), rests = \(row.rests),
                subscription_change = \(try row.subscriptionChange.map(JSONB.init(encoding:))),
                shop_refund = \(try row.shopRefund.map(JSONB.init(encoding:))),
                review_due_at = \(row.reviewDueAt),
                received_at = \(row.receivedAt), updated_at = \(transaction.now)
            WHERE id = \(row.id.uuid)
            """)
    }

    /// Travels with the next statement or COMMIT.
    func save(_ units: [ReturnUnit], of id: ReturnID) {
        guard !units.isEmpty else { return }
        database.enqueue(
            """
            UPDATE return_units r SET state = u.state, grade = u.grade, matched = u.matched, checklist = u.checklist,
                received_at = coalesce(r.received_at, CASE WHEN u.state IS NOT NULL THEN \(transaction.now)::timestamptz END),
                inspected_at = CASE WHEN u.grade IS NOT NULL THEN \(transaction.now)::timestamptz END
            FROM unnest(\(units.map(\.lineID)), \(units.map(\.number)), \(units.map(\.state?.rawValue)),
                \(units.map(\.grade?.rawValue)), \(units.map(\.matched)), \(units.map(\.checklist?.rawValue)))
                AS u(line, unit, state, grade, matched, checklist)
            WHERE r.return_id = \(id.uuid) AND r.line_id = u.line AND r.unit = u.unit
            """)
    }

    /// Units that are no part of it any more.
    func remove(_ units: [ReturnUnit], from id: ReturnID) async throws {
        try await database.execute(
            """
            DELETE FROM return_units r USING unnest(\(units.map(\.lineID)), \(units.map(\.number))) AS u(line, unit)
            WHERE r.return_id = \(id.uuid) AND r.line_id = u.line AND r.unit = u.unit
            """)
    }

    /// Units that came beside what was expected, by SKU.
    func extras(of id: ReturnID) async throws -> [String: Int] {
        let rows = try await database.query(
            "SELECT sku, sum(quantity)::bigint AS quantity FROM return_extras WHERE return_id = \(id.uuid) GROUP BY sku"
        )
        return try Dictionary(rows.map { (try $0("sku"), try $0("quantity")) }) { first, _ in first }
    }

    func addExtra(_ sku: String, _ quantity: Int, to id: ReturnID) async throws {
        try await database.execute(
            """
            INSERT INTO return_extras (id, workspace_id, return_id, sku, quantity, actor, at)
            VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(id.uuid), \(sku), \(quantity),
                    \(transaction.context.actor), \(transaction.now))
            """)
    }
}

extension ReturnRow {
    /// - Parameter record: what is read of the row already.
    fileprivate init(_ row: PostgresRow, _ record: ReturnRecord, units: [ReturnUnit]) throws {
        self.init(
            id: record.id, orderID: record.orderID, status: record.status, reason: record.statusReason,
            channel: ReturnChannel(rawValue: try row("channel")) ?? .api, warrantyID: record.warrantyID,
            request: record.request, resolution: record.resolution, decision: record.decision,
            policyVersion: record.policyVersion, label: record.label, externalIDs: record.externalIDs,
            refundID: try row("refund_id", as: UUID?.self).map(RefundID.init(uuid:)),
            generation: try row("generation"), sagaID: record.sagaID, sagaRun: try row("saga_run"),
            sagaVersion: try row("saga_version"), rests: try row("rests"),
            subscriptionChange: try row("subscription_change", as: JSONB?.self)?.decode(), declined: record.declined,
            shopRefund: try row("shop_refund", as: JSONB?.self)?.decode(),
            reviewDueAt: record.reviewDueAt, receivedAt: record.receivedAt, createdAt: record.createdAt, units: units)
    }
}

extension ReturnUnit {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            lineID: try row("line_id"), number: try row("unit"), sku: try row("sku"), title: try row("title"),
            reason: try row("reason"), stays: try row("stays"),
            state: try row("state", as: String?.self).flatMap(ReceiveReturn.State.init(rawValue:)),
            grade: try row("grade", as: String?.self).flatMap(GoodsGrade.init(rawValue:)), matched: try row("matched"),
            checklist: try row("checklist", as: String?.self).flatMap(ChecklistState.init(rawValue:)))
    }
}
