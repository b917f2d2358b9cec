import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `alert_history`: every alert with its words, so that none depends on a Slack that is there and takes it.
struct AlertHistory: Sendable {
    /// What became of an alert: `SendSlackAlert.Reply.Outcome`, or nothing yet.
    static let pending = "pending"
    static let kept = Duration.days(90)

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var messageID: String { transaction.context.causationID ?? "" }

    /// Once for each command, however often it comes.
    /// - Parameter status: what is known of it now.
    func keep(_ alert: SendSlackAlert.Alert, _ status: String) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO alert_history (id, workspace_id, message_id, key, title, text, fields, next, link, status, at)
            VALUES (\(AlertID().uuid), \(transaction.workspaceID.uuid), \(messageID), \(alert.key), \(alert.title),
                \(alert.text), \(try JSONB(encoding: alert.fields)), \(alert.next ?? []), \(alert.link), \(status),
                \(transaction.now))
            ON CONFLICT (workspace_id, message_id) DO UPDATE SET status = excluded.status
            """)
    }

    static func chores(on pool: PostgresPool, _ clock: any WallClock) -> [Housekeeping.Chore] {
        [Housekeeping.Chore("alerts") { try await delete(before: clock.now - kept.timeInterval, limit: $0, on: pool) }]
    }

    private static func delete(before time: Date, limit: Int, on pool: PostgresPool) async throws -> Int {
        try await pool.execute(
            """
            DELETE FROM alert_history WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM alert_history WHERE at < \(time) LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """)
    }
}
