import Commerce
import Foundation
import Postgres
import Providers

extension ReceivedStore {
    /// Writes receipts and payloads, or counts duplicates, in one statement that concurrent copies cannot all win.
    /// - Parameter batch: each delivery once.
    /// - Returns: for each the id of the receipt that holds the delivery: the given one, unless it is a duplicate.
    static func insert(
        _ batch: [Accepted], workspaceID: WorkspaceID, at now: Date, in database: PostgresTransaction
    ) async throws -> [ReceivedID] {
        // Rows are locked in this order, so that two batches with the same deliveries never wait for each other.
        let sorted = batch.sorted { ($0.provider, $0.webhook.dedupeKey) < ($1.provider, $1.webhook.dedupeKey) }
        let ids = sorted.map(\.id.uuid)
        let providers = sorted.map(\.provider)
        let topics = sorted.map(\.webhook.topic)
        let deliveries = sorted.map(\.webhook.dedupeKey)
        let events = sorted.map(\.webhook.eventID)
        let headers = sorted.map { HeaderArchive.json($0.headers) }
        let bodies = sorted.map(\.body)
        let rows = try await database.query(
            """
            WITH receipt AS (
                INSERT INTO received
                    (id, workspace_id, provider, topic, delivery_id, event_id, status, received_at)
                SELECT id, \(workspaceID.uuid), provider, topic, delivery, event, 'accepted', \(now)
                FROM unnest(\(ids), \(providers), \(topics), \(deliveries), \(events))
                    AS u(id, provider, topic, delivery, event)
                ON CONFLICT (workspace_id, provider, delivery_id) WHERE status = 'accepted'
                DO UPDATE SET duplicates = received.duplicates + 1, last_duplicate_at = excluded.received_at
                RETURNING id, provider, delivery_id
            ), archive AS (
                INSERT INTO payloads (received_id, workspace_id, received_at, headers, body)
                SELECT u.id, \(workspaceID.uuid), \(now), u.headers, u.body
                FROM unnest(\(ids), \(headers), \(bodies)) AS u(id, headers, body) JOIN receipt r ON r.id = u.id
            )
            SELECT id, provider, delivery_id FROM receipt
            """)
        let holders = try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (Delivery(provider: try row("provider"), key: try row("delivery_id")), ReceivedID(uuid: try row("id")))
            })
        return batch.map { holders[Delivery(provider: $0.provider, key: $0.webhook.dedupeKey)] ?? $0.id }
    }

    private struct Delivery: Hashable {
        var provider: String
        var key: String
    }
}
