import Commerce
import Messaging
import Postgres
import Providers

/// What a workspace's settings of `smtp` say before a mail is sent; nothing of it is secret.
struct MailSettings: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Nil where they say nothing.
    func text(_ key: SMTPSettings.CodingKeys) async throws -> String? {
        try await transaction.database.query(
            """
            SELECT settings ->> \(key.rawValue) AS text FROM platform.provider_settings
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = \(SMTPSettings.provider)
            """
        ).first.flatMap { try $0("text", as: String?.self) }
    }
}
