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

    /// Makes a secret current; the one before goes on signing for `overlap`, older ones are gone.
    func rotate(to secret: SealedText, of id: WebhookID, overlap: Duration) async throws {
        let until = transaction.now + overlap.timeInterval
        try await transaction.database.pipeline([
            "DELETE FROM webhook_secrets WHERE webhook_id = \(id.uuid) AND expires_at IS NOT NULL",
            "UPDATE webhook_secrets SET expires_at = \(until) WHERE webhook_id = \(id.uuid)",
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
