import Commerce
import Foundation
import Postgres
import Providers

/// `received` and `payloads`: every webhook that came in, accepted or not.
enum ReceivedStore {
    struct Accepted: Sendable {
        var id: ReceivedID
        var provider: String
        var webhook: AcceptedWebhook
        var headers: [String: String]
        var body: [UInt8]
    }

    /// Writes receipt and payload, or counts a duplicate, in one statement that two concurrent copies cannot both win.
    /// - Returns: the id of the receipt that holds the delivery: the given one, unless it is a duplicate.
    static func insert(
        _ accepted: Accepted, workspaceID: WorkspaceID, at now: Date, in database: PostgresTransaction
    ) async throws -> ReceivedID {
        let webhook = accepted.webhook
        let rows = try await database.query(
            """
            WITH receipt AS (
                INSERT INTO received
                    (id, workspace_id, provider, topic, delivery_id, event_id, status, received_at)
                VALUES (\(accepted.id.uuid), \(workspaceID.uuid), \(accepted.provider), \(webhook.topic),
                        \(webhook.dedupeKey), \(webhook.eventID), 'accepted', \(now))
                ON CONFLICT (workspace_id, provider, delivery_id) WHERE status = 'accepted'
                DO UPDATE SET duplicates = received.duplicates + 1, last_duplicate_at = excluded.received_at
                RETURNING id
            ), archive AS (
                INSERT INTO payloads (received_id, workspace_id, received_at, headers, body)
                SELECT id, \(workspaceID.uuid), \(now), \(try JSONB(encoding: accepted.headers)), \(accepted.body)
                FROM receipt WHERE id = \(accepted.id.uuid)
            )
            SELECT id FROM receipt
            """)
        return ReceivedID(uuid: try rows[0]("id"))
    }

    struct Quarantined: Sendable {
        var provider: String
        var reason: String
        /// How many further ones like it were only counted.
        var further = 0
        var headers: [String: String] = [:]
        /// The first bytes.
        var body: [UInt8] = []
    }

    static func quarantine(
        _ quarantined: Quarantined, workspaceID: WorkspaceID, at now: Date, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            WITH receipt AS (
                INSERT INTO received (id, workspace_id, provider, status, reason, duplicates, received_at)
                VALUES (\(ReceivedID().uuid), \(workspaceID.uuid), \(quarantined.provider), 'quarantined',
                        \(quarantined.reason), \(quarantined.further), \(now))
                RETURNING id
            )
            INSERT INTO payloads (received_id, workspace_id, received_at, headers, body)
            SELECT id, \(workspaceID.uuid), \(now), \(try JSONB(encoding: quarantined.headers)), \(quarantined.body)
            FROM receipt
            """)
    }
}
