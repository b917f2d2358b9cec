import Commerce
import Foundation
import Postgres
import Views

/// Claims and registrations, from the views of `returns`.
enum WarrantyReader {
    struct Filter: Sendable {
        var orderID: OrderID?
        var registrationID: RegistrationID?
        var status: String?
        var sku: String?
        var updatedSince: Date?
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<WarrantyRecord> {
        let selection = page.newestFirst(filter.conditions)
        let claims = try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            try await WarrantyRecords.read(selection, withTimeline: true, in: database)
        }
        return Page(rows: claims, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    /// As it was at one moment.
    static func find(
        _ id: WarrantyID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> WarrantyRecord? {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            try await WarrantyRecords.find(id, in: database)
        }
    }

    /// The terms in force; the standard ones where none were ever set.
    static func terms(in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> WarrantyTerms {
        try await pool.transaction(workspace: workspaceID.uuid) { try await WarrantyRecords.terms(in: $0) }
    }
}

extension WarrantyReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let orderID { conditions.append("order_id = \(orderID.uuid)") }
        if let registrationID { conditions.append("registration_id = \(registrationID.uuid)") }
        if let status { conditions.append("status = \(status)") }
        if let sku { conditions.append("sku = \(sku)") }
        if let updatedSince { conditions.append("updated_at >= \(updatedSince)") }
        return conditions
    }
}

enum RegistrationReader {
    struct Filter: Sendable {
        var email: String?
        var sku: String?
        var serial: String?
        var status: String?
        var orderID: OrderID?
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<RegistrationRecord> {
        let selection = page.newestFirst(filter.conditions)
        let rows = try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await RegistrationRecords.read(selection, in: database)
        }
        return Page(rows: rows, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    static func find(
        _ id: RegistrationID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> RegistrationRecord? {
        try await pool.transaction(workspace: workspaceID.uuid) { try await RegistrationRecords.find(id, in: $0) }
    }
}

extension RegistrationReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let email { conditions.append("lower(email) = lower(\(email))") }
        if let sku { conditions.append("sku = \(sku)") }
        if let serial { conditions.append("lower(serial) = lower(\(serial))") }
        if let status { conditions.append("status = \(status)") }
        if let orderID { conditions.append("order_id = \(orderID.uuid)") }
        return conditions
    }
}
