import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `webhook_secrets`: the current one of each endpoint, and those that still sign beside it.
struct WebhookSecretStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// LIMIT: each signs every call, and a receiver tries one signature after another.
    static let signingMax = 5

    /// Makes a secret current; the one before goes on signing for `overlap`, and older ones to the end of their time: a
    /// receiver may know only the first of several that were changed in one day.
    ///
    /// - Throws: a ``Refusal`` while as many sign as may.
    func rotate(to secret: SealedText, of id: WebhookID, overlap: Duration) async throws {
        let until = transaction.now + overlap.timeInterval
        let row = try await transaction.database.pipeline([
            "DELETE FROM webhook_secrets WHERE webhook_id = \(id.uuid) AND expires_at <= \(transaction.now)",
            "SELECT count(*) AS count, min(expires_at) AS free_at FROM webhook_secrets WHERE webhook_id = \(id.uuid)",
        ])[1][0]
        guard try row("count", as: Int.self) < Self.signingMax else {
            let freeAt = try row("free_at", as: Date?.self).map { " at \(WireJSON.text($0))" } ?? ""
            throw Refusal(
                code: "not_allowed",
                message: "\(Self.signingMax) secrets sign at present; rotate again when the oldest expires\(freeAt).")
        }
        try await transaction.database.pipeline([
            "UPDATE webhook_secrets SET expires_at = \(until) WHERE webhook_id = \(id.uuid) AND expires_at IS NULL",
            """
            INSERT INTO webhook_secrets (id, workspace_id, webhook_id, sealed, key_id, created_at)
            VALUES (\(UUIDv7.make()), \(transaction.workspaceID.uuid), \(id.uuid), \(Array(secret.bytes)),
                    \(secret.keyID), \(transaction.now))
            """,
        ])
    }

    func deleteAll(of id: WebhookID) async throws {
        try await transaction.database.execute("DELETE FROM webhook_secrets WHERE webhook_id = \(id.uuid)")
    }
}

extension WebhookSecretStore {
    /// Deletes what signs no more: nobody needs a secret that is over.
    static func chores(on pool: PostgresPool, _ clock: any WallClock) -> [Housekeeping.Chore] {
        [
            Housekeeping.Chore("webhook secrets") { limit in
                try await pool.execute(
                    """
                    DELETE FROM webhook_secrets WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM webhook_secrets WHERE expires_at <= \(clock.now)
                        LIMIT \(limit) FOR UPDATE SKIP LOCKED))
                    """)
            }
        ]
    }
}
