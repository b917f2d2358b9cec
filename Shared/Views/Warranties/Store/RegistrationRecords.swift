import Commerce
import Contracts
import Foundation
import Postgres

/// Registered products, read through the view of `returns`.
public enum RegistrationRecords {
    public static func find(
        _ id: RegistrationID, in database: PostgresTransaction
    ) async throws -> RegistrationRecord? {
        try await read("WHERE id = \(id.uuid)", in: database).first
    }

    /// Those that a selection gives, in its order.
    /// - Parameter selection: what follows `FROM returns.registration_view`.
    public static func read(_ selection: SQL, in database: PostgresTransaction) async throws -> [RegistrationRecord] {
        try await database.query(
            """
            SELECT id, sku, serial, email, name, purchased_on::text AS purchased_on, order_id, line_id, proof, status,
                   status_reason, created_at, updated_at
            FROM returns.registration_view \(selection)
            """
        ).map(RegistrationRecord.init)
    }
}

extension RegistrationRecord {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: RegistrationID(uuid: try row("id")), sku: try row("sku"), serial: try row("serial"),
            email: try row("email"), name: try row("name"),
            purchasedOn: ShopDay(try row("purchased_on", as: String.self)) ?? ShopDay(number: 0),
            orderID: try row("order_id", as: UUID?.self).map(OrderID.init(uuid:)), lineID: try row("line_id"),
            proof: try row("proof", as: JSONB?.self)?.decode(),
            status: RegistrationStatus(rawValue: try row("status")) ?? .unverified,
            statusReason: try row("status_reason"), createdAt: try row("created_at"), updatedAt: try row("updated_at"))
    }
}
