import Commerce
import Foundation
import Postgres

/// Goods that no return awaited, read through the view of `returns`.
public enum BlindReceiptRecords {
    public static func find(
        _ id: BlindReceiptID, in database: PostgresTransaction
    ) async throws -> BlindReceiptRecord? {
        try await read("WHERE id = \(id.uuid)", in: database).first
    }

    /// Those that a selection gives, in its order.
    /// - Parameter selection: what follows `FROM returns.blind_receipt_view`.
    public static func read(_ selection: SQL, in database: PostgresTransaction) async throws -> [BlindReceiptRecord] {
        try await database.query(
            """
            SELECT id, status, kind, number, original_order_number, order_id, came_with, goods, return_id, reason,
                   decided_by, decided_at, created_at, updated_at
            FROM returns.blind_receipt_view \(selection)
            """
        ).map(BlindReceiptRecord.init)
    }
}

extension BlindReceiptRecord {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: BlindReceiptID(uuid: try row("id")),
            status: BlindReceiptStatus(rawValue: try row("status")) ?? .open,
            kind: Kind(rawValue: try row("kind")) ?? .unknown, number: try row("number"),
            originalOrderNumber: try row("original_order_number"),
            orderID: try row("order_id", as: UUID?.self).map(OrderID.init(uuid:)),
            cameWith: try row("came_with", as: UUID?.self).map(ReturnID.init(uuid:)),
            goods: try row("goods", as: JSONB.self).decode(),
            returnID: try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:)), reason: try row("reason"),
            decidedBy: try row("decided_by"), decidedAt: try row("decided_at"), createdAt: try row("created_at"),
            updatedAt: try row("updated_at"))
    }
}
