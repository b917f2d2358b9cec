import Commerce
import Postgres

/// How long the plumbing's rows are kept.
enum Retention {
    /// The longest window in which a message may come again under its id.
    static let inbox = Duration.days(30)

    static func chores(on pool: PostgresPool) -> [Housekeeping.Chore] {
        [
            Housekeeping.Chore("inbox") { try await deleteInbox(limit: $0, on: pool) },
            Housekeeping.Chore("retries") { try await deleteRetries(limit: $0, on: pool) },
        ]
    }

    /// By the database's clock, which stamped the rows.
    private static func deleteInbox(limit: Int, on pool: PostgresPool) async throws -> Int {
        try await pool.execute(
            """
            DELETE FROM inbox WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM inbox WHERE processed_at < now() - \(inbox)::interval LIMIT \(limit)
                FOR UPDATE SKIP LOCKED))
            """)
    }

    /// What nobody has tried again for as long as its inbox row would be kept was given up on or has gone through.
    private static func deleteRetries(limit: Int, on pool: PostgresPool) async throws -> Int {
        try await pool.execute(
            """
            DELETE FROM retries WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM retries WHERE last_at < now() - \(inbox)::interval LIMIT \(limit)
                FOR UPDATE SKIP LOCKED))
            """)
    }
}
