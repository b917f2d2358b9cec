import Commerce
import Foundation
import Messaging
import Postgres

/// One thing that happened to an order, for a person to read.
struct TimelineEntry: Sendable {
    var type: String
    var summary: String
    var actor = ServiceName.orderIngest.rawValue
    /// What another system calls the thing that came about.
    var externalRef: String?
    /// Names the happening: a second entry with the same key adds nothing.
    var dedupeKey: String

    init(
        _ type: String, _ summary: String, actor: String? = nil, externalRef: String? = nil, dedupeKey: String
    ) {
        self.type = type
        self.summary = summary
        self.actor = actor ?? self.actor
        self.externalRef = externalRef
        self.dedupeKey = "\(type):\(dedupeKey)"
    }
}

/// `timeline`: append-only.
struct Timeline: Sendable {
    private let transaction: HandlerTransaction
    private let orderID: OrderID

    init(_ orderID: OrderID, _ transaction: HandlerTransaction) {
        self.orderID = orderID
        self.transaction = transaction
    }

    func append(_ entry: TimelineEntry) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO timeline (id, workspace_id, order_id, at, type, actor, summary, external_ref, dedupe_key)
            VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(orderID.uuid), \(transaction.now),
                    \(entry.type), \(entry.actor), \(entry.summary), \(entry.externalRef), \(entry.dedupeKey))
            ON CONFLICT (order_id, dedupe_key) DO NOTHING
            """)
    }

    /// Whether such a thing has happened before.
    func contains(_ type: String, dedupeKey: String) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 AS known FROM timeline
            WHERE order_id = \(orderID.uuid) AND dedupe_key = \("\(type):\(dedupeKey)")
            """
        ).isEmpty
    }
}
