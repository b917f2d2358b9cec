import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// `warranty_registrations`.
struct RegistrationStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }

    /// - Returns: false where the serial number is registered already.
    func insert(_ record: RegistrationRecord) async throws -> Bool {
        try await database.execute(
            """
            INSERT INTO warranty_registrations (id, workspace_id, sku, serial, email, name, purchased_on, order_id, line_id,
                                                proof, status, created_at, updated_at)
            VALUES (\(record.id.uuid), \(transaction.workspaceID.uuid), \(record.sku), \(record.serial),
                    \(record.email), \(record.name), \(record.purchasedOn.description)::text::date,
                    \(record.orderID?.uuid), \(record.lineID), \(try record.proof.map(JSONB.init(encoding:))),
                    \(record.status.rawValue), \(record.createdAt), \(record.createdAt))
            ON CONFLICT (workspace_id, sku, lower(serial)) DO NOTHING
            """) == 1
    }

    func find(sku: String, serial: String) async throws -> RegistrationRecord? {
        try await RegistrationRecords.read(
            "WHERE sku = \(sku) AND lower(serial) = lower(\(serial))", in: database
        ).first
    }

    /// With its lock: claims on it are decided one after another. Nil when there is none.
    func lock(_ id: RegistrationID) async throws -> RegistrationRecord? {
        try await database.execute("SELECT 1 FROM warranty_registrations WHERE id = \(id.uuid) FOR UPDATE")
        return try await RegistrationRecords.find(id, in: database)
    }

    func save(_ id: RegistrationID, _ status: RegistrationStatus, _ reason: String) async throws {
        try await database.execute(
            """
            UPDATE warranty_registrations SET status = \(status.rawValue), status_reason = \(reason),
                updated_at = \(transaction.now)
            WHERE id = \(id.uuid)
            """)
    }
}
