import Commerce
import Foundation
import Messaging
import Postgres

/// What a carrier said of a package, by way of the warehouse.
struct Scan: Equatable, Sendable {
    /// The warehouse's number of the order, or ``anyNumber``.
    var number: String
    var trackingNumber: String
    var status: ShipmentStatus
    /// The carrier's own time.
    var at: Date?

    /// Of a scan that does not say which order it is about.
    static let anyNumber = ""
}

/// `early_scans`: scans of packages that the warehouse has not told us about yet. They are kept until it does.
struct EarlyScanStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func keep(_ scan: Scan) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO early_scans (workspace_id, warehouse_number, tracking_number, status, scanned_at, received_at)
            VALUES (\(transaction.workspaceID.uuid), \(scan.number), \(scan.trackingNumber), \(scan.status.rawValue),
                    \(scan.at), \(transaction.now))
            ON CONFLICT DO NOTHING
            """)
    }

    func scans(of numbers: [String]) async throws -> [Scan] {
        try await transaction.database.query(
            """
            SELECT warehouse_number, tracking_number, status, scanned_at FROM early_scans
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND warehouse_number = ANY(\(numbers))
            ORDER BY received_at
            """
        ).map { row in
            Scan(
                number: try row("warehouse_number"), trackingNumber: try row("tracking_number"),
                status: ShipmentStatus(rawValue: try row("status")) ?? .unknown, at: try row("scanned_at"))
        }
    }

    func remove(_ scan: Scan) async throws {
        try await transaction.database.execute(
            """
            DELETE FROM early_scans
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND warehouse_number = \(scan.number)
              AND tracking_number = \(scan.trackingNumber) AND status = \(scan.status.rawValue)
            """)
    }
}
