import Commerce
import Foundation
import Postgres

/// The rows of `dead_letters`.
enum DeadLetterStore {
    /// Whose a message is that does not say: of the only tenant there is, else of those who run the platform. No tenant
    /// is shown what may be another's.
    static func owner(on pool: PostgresPool) async throws -> WorkspaceID {
        let tenants = try await pool.read(
            "SELECT id FROM platform.workspaces WHERE id <> \(WorkspaceID.platform.uuid) LIMIT 2")
        return tenants.count == 1 ? WorkspaceID(uuid: try tenants[0]("id")) : .platform
    }

    /// - Returns: false if this message of this queue is already there and open (the drain was interrupted).
    static func insert(_ letter: DeadLetter, in database: PostgresTransaction) async throws -> Bool {
        let attributes = letter.envelope?.attributes
        return try await database.execute(
            """
            INSERT INTO dead_letters
                (id, workspace_id, queue, message_id, type, subject, correlation_id, reason, detail, body)
            VALUES (\(letter.id.uuid), \(letter.workspaceID.uuid), \(letter.queue), \(attributes?.id),
                    \(attributes?.type), \(attributes?.subject), \(attributes?.correlationid), \(letter.reason),
                    \(letter.detail), \(letter.body))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    struct Stored: Sendable {
        var queue: String
        var body: [UInt8]
        var status: String
    }

    /// - Parameter workspaceID: whose operator asks.
    static func lock(
        _ id: DeadLetterID, of workspaceID: WorkspaceID, in database: PostgresTransaction
    ) async throws -> Stored? {
        try await database.query(
            """
            SELECT queue, body, status FROM dead_letters
            WHERE id = \(id.uuid) AND workspace_id = \(workspaceID.uuid) FOR UPDATE
            """
        ).first.map { row in
            Stored(queue: try row("queue"), body: try row("body"), status: try row("status"))
        }
    }

    enum Closed: String, Sendable {
        case requeued, discarded
    }

    static func close(
        _ id: DeadLetterID, _ status: Closed, at: Date, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            "UPDATE dead_letters SET status = \(status.rawValue), closed_at = \(at) WHERE id = \(id.uuid)")
    }
}
