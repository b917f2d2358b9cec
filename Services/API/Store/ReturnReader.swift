import Commerce
import Foundation
import Postgres
import Views

/// Returns with their history, from the views of `returns`.
enum ReturnReader {
    struct Filter: Sendable {
        var orderID: OrderID?
        /// What a provider calls it, e.g. its RMA number.
        var externalID: String?
        var status: String?
        var ticketID: TicketID?
        var updatedSince: Date?
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<ReturnRecord> {
        let selection = page.newestFirst(filter.conditions)
        let returns = try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            try await ReturnRecords.read(selection, withTimeline: true, in: database)
        }
        return Page(rows: returns, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    /// As it was at one moment.
    static func find(_ id: ReturnID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> ReturnRecord? {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            try await ReturnRecords.find(id, in: database)
        }
    }
}

extension ReturnReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let orderID { conditions.append("order_id = \(orderID.uuid)") }
        if let externalID { conditions.append("id IN (SELECT * FROM returns.returns_known_as(\(externalID)))") }
        if let status { conditions.append("status = \(status)") }
        if let ticketID { conditions.append("ticket_id = \(ticketID.uuid)") }
        if let updatedSince { conditions.append("updated_at >= \(updatedSince)") }
        return conditions
    }
}
