import Commerce
import Foundation
import Messaging
import Postgres
import Views

/// `blind_receipts`: goods that came in and that no return awaited. A return's lock is taken before one of its own here.
struct BlindReceiptStore: Sendable {
    typealias Record = BlindReceiptRecord

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }
    private var workspace: UUID { transaction.workspaceID.uuid }

    /// With its lock; nil when there is none.
    func lock(_ id: BlindReceiptID) async throws -> Record? {
        try await database.execute("SELECT 1 FROM blind_receipts WHERE id = \(id.uuid) FOR UPDATE")
        return try await BlindReceiptRecords.find(id, in: database)
    }

    /// - Returns: nil where it is kept already.
    func insert(
        unknown number: String, originalOrderNumber: String?, _ goods: [Record.Goods]
    ) async throws -> BlindReceiptID? {
        let id = BlindReceiptID()
        let count = try await database.execute(
            """
            INSERT INTO blind_receipts (id, workspace_id, kind, number, original_order_number, goods, created_at, updated_at)
            VALUES (\(id.uuid), \(workspace), 'unknown', \(number), \(originalOrderNumber),
                    \(try JSONB(encoding: goods)), \(transaction.now), \(transaction.now))
            ON CONFLICT (workspace_id, number) WHERE number IS NOT NULL DO NOTHING
            """)
        return count == 1 ? id : nil
    }

    /// Of a return that only the warehouse knows, with its lock; nil when there is none.
    func lock(unknown number: String) async throws -> Record? {
        let rows = try await database.query(
            "SELECT id FROM blind_receipts WHERE workspace_id = \(workspace) AND number = \(number) FOR UPDATE")
        guard let row = rows.first else { return nil }
        return try await BlindReceiptRecords.find(BlindReceiptID(uuid: try row("id")), in: database)
    }

    /// What the warehouse tells of it now. Whoever calls has its lock.
    /// - Parameter isOpen: whether somebody has to look again at what was decided about less.
    func save(
        _ goods: [Record.Goods], originalOrderNumber: String?, of id: BlindReceiptID, reopening isOpen: Bool
    ) async throws {
        try await database.execute(
            """
            UPDATE blind_receipts SET goods = \(try JSONB(encoding: goods)),
                original_order_number = coalesce(\(originalOrderNumber), original_order_number),
                status = CASE WHEN \(isOpen) THEN 'open' ELSE status END, updated_at = \(transaction.now)
            WHERE id = \(id.uuid)
            """)
    }

    /// Adds goods to what is open of a return, whose lock is held.
    /// - Returns: what they are kept as.
    func add(_ goods: [Record.Goods], _ kind: Record.Kind, cameWith id: ReturnID) async throws -> BlindReceiptID {
        let rows = try await database.query(
            """
            SELECT id, goods FROM blind_receipts
            WHERE came_with = \(id.uuid) AND kind = \(kind.rawValue) AND status = 'open' FOR UPDATE
            """)
        guard let row = rows.first else {
            let new = BlindReceiptID()
            try await database.execute(
                """
                INSERT INTO blind_receipts (id, workspace_id, kind, came_with, goods, created_at, updated_at)
                VALUES (\(new.uuid), \(workspace), \(kind.rawValue), \(id.uuid),
                        \(try JSONB(encoding: goods.together)), \(transaction.now), \(transaction.now))
                """)
            return new
        }
        let kept = BlindReceiptID(uuid: try row("id"))
        let before: [Record.Goods] = try row("goods", as: JSONB.self).decode()
        try await database.execute(
            """
            UPDATE blind_receipts SET goods = \(try JSONB(encoding: (before + goods).together)),
                updated_at = \(transaction.now)
            WHERE id = \(kept.uuid)
            """)
        return kept
    }

    /// What is kept as come too late for a return, by SKU, beside what the return took itself later.
    /// - Parameter isDecided: of what somebody has found not to be the return's; otherwise of what nobody has looked at.
    func late(for id: ReturnID, isDecided: Bool) async throws -> [String: Int] {
        let rows = try await database.query(
            """
            SELECT goods FROM blind_receipts
            WHERE came_with = \(id.uuid) AND kind = 'late' AND return_id IS DISTINCT FROM \(id.uuid)
                AND (status <> 'open') = \(isDecided)
            """)
        return try rows.flatMap { try $0("goods", as: JSONB.self).decode([Record.Goods].self) }.bySKU
    }

    /// What came elsewhere and was found to be a return's.
    /// - Parameter number: the warehouse's own of the return, under which it is told otherwise.
    func goods(of id: ReturnID, besides number: String?) async throws -> [Record.Goods] {
        try await database.query(
            """
            SELECT goods FROM blind_receipts
            WHERE return_id = \(id.uuid) AND came_with IS DISTINCT FROM \(id.uuid)
                AND (number IS NULL OR number IS DISTINCT FROM \(number))
            ORDER BY id
            """
        ).flatMap { try $0("goods", as: JSONB.self).decode([Record.Goods].self) }
    }

    func match(_ id: BlindReceiptID, to returnID: ReturnID, _ reason: String) async throws {
        try await decide(id, .matched, returnID, reason)
    }

    func dismiss(_ id: BlindReceiptID, _ reason: String) async throws {
        try await decide(id, .dismissed, nil, reason)
    }

    /// A return has taken what came too late for it.
    func matchLate(to id: ReturnID) async throws {
        try await database.execute(
            """
            UPDATE blind_receipts SET status = 'matched', return_id = \(id.uuid), decided_by = \(transaction.context.actor),
                reason = 'The return has taken them.', decided_at = \(transaction.now), updated_at = \(transaction.now)
            WHERE came_with = \(id.uuid) AND kind = 'late' AND status = 'open'
            """)
    }

    private func decide(
        _ id: BlindReceiptID, _ status: BlindReceiptStatus, _ returnID: ReturnID?, _ reason: String
    ) async throws {
        try await database.execute(
            """
            UPDATE blind_receipts SET status = \(status.rawValue), return_id = \(returnID?.uuid), reason = \(reason),
                decided_by = \(transaction.context.actor), decided_at = \(transaction.now),
                updated_at = \(transaction.now)
            WHERE id = \(id.uuid)
            """)
    }
}
