import Commerce
import Foundation
import Postgres

/// A message to its own future: where it goes, when, and for which step of which saga.
public struct TimerRow: Sendable {
    var message: OutgoingMessage
    var dueAt: Date
    var saga: SagaAddress?

    /// - Parameter saga: the step the timer belongs to, so that it can be found and deleted.
    public init(_ message: OutgoingMessage, dueAt: Date, saga: SagaAddress? = nil) {
        self.message = message
        self.dueAt = dueAt
        self.saga = saga
    }
}

/// `timers`: delayed retries, saga sleeps and deadlines.
public enum TimerStore {
    /// Travels with the next statement or COMMIT.
    public static func insert(_ timers: [TimerRow], in database: PostgresTransaction) async throws {
        guard !timers.isEmpty else { return }
        let ids = timers.map { _ in UUIDv7.make() }
        let workspaces = timers.map(\.message.envelope.attributes.workspaceid.uuid)
        let dueAts = timers.map(\.dueAt)
        let sagas = timers.map { $0.saga?.sagaID.uuid.uuidString }
        let paths = timers.map { $0.saga?.path }
        let exchanges = timers.map(\.message.exchange)
        let keys = timers.map(\.message.routingKey)
        let bodies = timers.map { String(decoding: $0.message.envelope.body, as: UTF8.self) }
        database.enqueue(
            """
            INSERT INTO timers (id, workspace_id, due_at, saga_id, path, exchange, routing_key, body)
            SELECT id, workspace, due, saga::uuid, path, exchange, key, body
            FROM unnest(\(ids), \(workspaces), \(dueAts), \(sagas), \(paths), \(exchanges), \(keys), \(bodies))
                AS u(id, workspace, due, saga, path, exchange, key, body)
            """)
    }

    /// Best effort: a timer that fires all the same is a no-op for a step that has moved on.
    public static func delete(sagaID: SagaID, paths: [String], in database: PostgresTransaction) async throws {
        database.enqueue(
            "DELETE FROM timers WHERE saga_id = \(sagaID.uuid) AND path = ANY(\(paths))")
    }

    /// Takes timers that are due and puts what they send into the outbox.
    ///
    /// One whose message cannot be read holds up no other: it ends where the outbox ends what it cannot publish.
    /// - Returns: what can be published at once.
    static func fire(dueBy now: Date, limit: Int, in database: PostgresTransaction) async throws -> [OutgoingMessage] {
        let rows = try await database.query(
            """
            DELETE FROM timers WHERE id IN (
                SELECT id FROM timers WHERE due_at <= \(now) ORDER BY due_at LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, exchange, routing_key, body
            """
        ).map { row in
            OutboxStore.Row(
                id: UUIDv7.make().canonicalText, workspaceID: WorkspaceID(uuid: try row("workspace_id")),
                exchange: try row("exchange"), routingKey: try row("routing_key"),
                body: Array(try row("body", as: String.self).utf8))
        }
        let messages = rows.map { ($0, try? $0.message()) }
        OutboxStore.insert(messages.compactMap(\.1), in: database)
        OutboxStore.insert(messages.filter { $0.1 == nil }.map(\.0), in: database)
        return messages.compactMap(\.1)
    }
}
