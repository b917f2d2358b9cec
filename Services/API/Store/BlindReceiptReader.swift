import Commerce
import Foundation
import Postgres
import Views

/// Goods that no return awaited, from the view of `returns`.
enum BlindReceiptReader {
    struct Filter: Sendable {
        var status: String?
        var kind: String?
        var orderID: OrderID?
        var returnID: ReturnID?
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<BlindReceiptRecord> {
        let selection = page.newestFirst(filter.conditions)
        let rows = try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await BlindReceiptRecords.read(selection, in: database)
        }
        return Page(rows: rows, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    static func find(
        _ id: BlindReceiptID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> BlindReceiptRecord? {
        try await pool.transaction(workspace: workspaceID.uuid) { try await BlindReceiptRecords.find(id, in: $0) }
    }
}

extension BlindReceiptReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let status { conditions.append("status = \(status)") }
        if let kind { conditions.append("kind = \(kind)") }
        if let orderID { conditions.append("order_id = \(orderID.uuid)") }
        if let returnID { conditions.append("(return_id = \(returnID.uuid) OR came_with = \(returnID.uuid))") }
        return conditions
    }
}
