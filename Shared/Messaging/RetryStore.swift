import Commerce
import Foundation
import Postgres

/// `retries`: how often a message has failed, and why the last time.
enum RetryStore {
    /// - Returns: the number of tries so far, this failed one included.
    static func recordFailure(
        _ envelope: Envelope, error: String, in database: PostgresTransaction
    ) async throws -> Int {
        let attributes = envelope.attributes
        return try await database.query(
            """
            INSERT INTO retries (message_id, workspace_id, attempts, last_error)
            VALUES (\(attributes.id), \(attributes.workspaceid.uuid), 1, \(error.printable()))
            ON CONFLICT (message_id, workspace_id)
            DO UPDATE SET attempts = retries.attempts + 1, last_error = excluded.last_error, last_at = now()
            RETURNING attempts
            """)[0]("attempts")
    }

    static func clear(_ envelope: Envelope, in database: PostgresTransaction) async throws {
        try await database.execute(
            """
            DELETE FROM retries WHERE message_id = \(envelope.attributes.id)
                AND workspace_id = \(envelope.attributes.workspaceid.uuid)
            """)
    }
}
