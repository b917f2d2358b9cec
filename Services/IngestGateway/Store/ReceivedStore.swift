import Commerce
import Foundation
import Postgres
import Providers

/// `received` and `payloads`: every webhook that came in, accepted or not.
enum ReceivedStore {
    /// A reference, for it goes through queue and batch by many hands and is never changed.
    final class Accepted: Sendable {
        let id: ReceivedID
        let provider: String
        let webhook: AcceptedWebhook
        let headers: [String: String]
        let body: [UInt8]

        init(
            id: ReceivedID, provider: String, webhook: AcceptedWebhook, headers: [String: String], body: [UInt8]
        ) {
            self.id = id
            self.provider = provider
            self.webhook = webhook
            self.headers = headers
            self.body = body
        }
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
            SELECT id, \(workspaceID.uuid), \(now), \(HeaderArchive.json(quarantined.headers)), \(quarantined.body)
            FROM receipt
            """)
    }
}
