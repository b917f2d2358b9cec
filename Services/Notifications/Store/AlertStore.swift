import Commerce
import Foundation
import Messaging
import Postgres

/// `alerts`: what was told of each trouble, and how often it has come since.
struct AlertStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var workspace: UUID { transaction.workspaceID.uuid }

    static func effectKey(_ key: String, post: Int) -> String { "alert/\(key)/\(post)" }

    /// The effect of a message that this cause has begun, where it comes again.
    func opened(by cause: String, _ key: String) async throws -> String? {
        try await transaction.database.query(
            """
            SELECT posts FROM alerts
            WHERE workspace_id = \(workspace) AND key = \(key) AND cause = \(cause) FOR UPDATE
            """
        ).first.map { Self.effectKey(key, post: try $0("posts")) }
    }

    /// Tells whether trouble is told of now, and how often it came unheard before.
    /// - Returns: nil when it is counted with what was told less than `window` ago.
    func open(_ key: String, by cause: String, window: Duration) async throws -> (post: Int, unheard: Int)? {
        try await transaction.database.execute(
            """
            INSERT INTO alerts (workspace_id, key, posted_at, posts, cause)
            VALUES (\(workspace), \(key), \(Date.distantPast), 0, '')
            ON CONFLICT (workspace_id, key) DO NOTHING
            """)
        let row = try await transaction.database.query(
            """
            SELECT posted_at, grouped, posts FROM alerts
            WHERE workspace_id = \(workspace) AND key = \(key) FOR UPDATE
            """)[0]
        guard try row("posted_at", as: Date.self) <= transaction.now - window.timeInterval else {
            try await transaction.database.execute(
                "UPDATE alerts SET grouped = grouped + 1 WHERE workspace_id = \(workspace) AND key = \(key)")
            return nil
        }
        let post = try row("posts", as: Int.self) + 1
        try await transaction.database.execute(
            """
            UPDATE alerts SET grouped = 0, posts = \(post)::integer, posted_at = \(transaction.now), cause = \(cause)
            WHERE workspace_id = \(workspace) AND key = \(key)
            """)
        return (post, try row("grouped"))
    }
}
