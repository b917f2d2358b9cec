import Commerce
import Foundation
import Postgres
import Views

/// Tickets, from the view of `returns`.
enum TicketReader {
    struct Filter: Sendable {
        var status: String?
        var customerEmail: String?
        var returnID: ReturnID?
        /// Our id of the order, the shop's number, or its id elsewhere.
        var order: String?
        var updatedSince: Date?
        /// Words of the subject, the e-mail address or the custom fields.
        var text: String?
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<TicketRecord> {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await list(filter, page, in: database)
        }
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in database: PostgresTransaction
    ) async throws -> Page<TicketRecord> {
        var conditions = filter.conditions
        if let order = filter.order {
            guard let id = try await ReturnOrder.find(named: order, in: database) else { return Page(all: []) }
            conditions.append("return_id IN (SELECT id FROM returns.return_view WHERE order_id = \(id.uuid))")
        }
        let tickets = try await TicketRecords.read(page.newestFirst(conditions), in: database)
        return Page(rows: tickets, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    static func find(_ id: TicketID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> TicketRecord? {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await TicketRecords.find(id, in: database)
        }
    }
}

extension TicketReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let status { conditions.append("status = \(status)") }
        if let customerEmail { conditions.append("lower(customer_email) = lower(\(customerEmail))") }
        if let returnID { conditions.append("return_id = \(returnID.uuid)") }
        if let updatedSince { conditions.append("updated_at >= \(updatedSince)") }
        if let text { conditions.append("id IN (SELECT * FROM returns.tickets_matching(\(text)))") }
        return conditions
    }
}
