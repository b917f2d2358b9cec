import Commerce
import Foundation
import Messaging
import Postgres

/// A label in whose place another was asked for. Its parcel may still be the one that comes in.
struct ReplacedLabel: Codable, Sendable, Equatable {
    /// At the carrier's broker.
    var labelID: String
    var trackingNumber: String
    /// What names the new label there, for ever.
    var successorKey: String
}

/// `replaced_labels`. The lock of the return is held.
struct ReplacedLabelStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Those of all lives of a return, in the order in which others were asked for.
    func all(of id: ReturnID) async throws -> [ReplacedLabel] {
        try await transaction.database.query(
            """
            SELECT label_id, tracking_number, successor_key FROM replaced_labels
            WHERE return_id = \(id.uuid) ORDER BY asked_at, label_id
            """
        ).map { row in
            ReplacedLabel(
                labelID: try row("label_id"), trackingNumber: try row("tracking_number"),
                successorKey: try row("successor_key"))
        }
    }

    func insert(_ label: ReplacedLabel, of id: ReturnID) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO replaced_labels (return_id, label_id, workspace_id, tracking_number, successor_key, asked_at)
            VALUES (\(id.uuid), \(label.labelID), \(transaction.workspaceID.uuid), \(label.trackingNumber),
                    \(label.successorKey), \(transaction.now))
            """)
    }
}
