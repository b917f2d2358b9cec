import Commerce
import Foundation
import Postgres

/// `outbox`: what commits still owe to the broker.
enum OutboxStore {
    struct Row: Sendable {
        var id: String
        var workspaceID: WorkspaceID
        var exchange: String
        var routingKey: String
        var body: [UInt8]

        /// - Throws: ``MalformedMessage``
        func message() throws -> OutgoingMessage {
            OutgoingMessage(exchange: exchange, routingKey: routingKey, envelope: try Envelope(body: body))
        }
    }

    /// Travels with COMMIT.
    static func insert(_ messages: [OutgoingMessage], in database: PostgresTransaction) {
        insert(
            messages.map { message in
                Row(
                    id: message.rowID.canonicalText, workspaceID: message.envelope.attributes.workspaceid,
                    exchange: message.exchange, routingKey: message.routingKey, body: message.envelope.body)
            }, in: database)
    }

    /// Travels with COMMIT.
    static func insert(_ rows: [Row], in database: PostgresTransaction) {
        guard !rows.isEmpty else { return }
        let ids = rows.map(\.id)
        let workspaces = rows.map(\.workspaceID.uuid)
        let exchanges = rows.map(\.exchange)
        let keys = rows.map(\.routingKey)
        let bodies = rows.map { String(decoding: $0.body, as: UTF8.self) }
        database.enqueue(
            """
            INSERT INTO outbox (id, workspace_id, exchange, routing_key, body)
            SELECT * FROM unnest(\(ids), \(workspaces), \(exchanges), \(keys), \(bodies))
            """)
    }

    // LIMIT: with the pauses between them these take more than two hours, longer than a deploy or a repair.
    private static let attemptMax = 20

    /// Takes rows whose time has come and puts their next attempt off.
    static func claim(limit: Int, in database: PostgresTransaction) async throws -> [Row] {
        try await database.query(
            """
            UPDATE outbox SET attempts = attempts + 1,
                next_attempt_at = now() + least(interval '5 seconds' * 2 ^ least(attempts, 10), interval '10 minutes')
            WHERE id IN (
                SELECT id FROM outbox WHERE next_attempt_at <= now() AND parked_at IS NULL
                ORDER BY next_attempt_at LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING id, workspace_id, exchange, routing_key, body
            """
        ).map(Row.init)
    }

    /// Takes back a claim that led to no attempt. Travels with COMMIT.
    static func giveBack(_ ids: [String], in database: PostgresTransaction) {
        database.enqueue(
            """
            UPDATE outbox SET attempts = attempts - 1, next_attempt_at = now() + interval '5 seconds'
            WHERE id = ANY(\(ids))
            """)
    }

    /// Travels with COMMIT.
    static func delete(_ ids: [String], in database: PostgresTransaction) {
        database.enqueue("DELETE FROM outbox WHERE id = ANY(\(ids))")
    }

    /// Writes down why a row was not published, and parks it with the last attempt: nobody publishes it any more.
    /// - Parameter isFinal: no further attempt would do better.
    static func recordError(
        _ error: String, isFinal: Bool, of id: String, in database: PostgresTransaction
    ) async throws {
        let attemptMax = isFinal ? 0 : attemptMax
        try await database.execute(
            """
            UPDATE outbox SET last_error = \(error.printable()),
                parked_at = CASE WHEN attempts >= \(attemptMax)::integer THEN now() END
            WHERE id = \(id)
            """)
    }
}

extension OutboxStore {
    /// A row that was given up on, and why.
    struct Parked: Sendable {
        var row: Row
        var error: String
    }

    /// Parked rows, the oldest first. Whoever deals with one takes it out of the table: see ``remove(_:in:)``.
    static func parked(limit: Int, in database: PostgresTransaction) async throws -> [Parked] {
        try await database.query(
            """
            SELECT id, workspace_id, exchange, routing_key, body, last_error FROM outbox
            WHERE parked_at IS NOT NULL ORDER BY parked_at LIMIT \(limit)
            """
        ).map { row in
            Parked(row: try Row(row), error: try row("last_error", as: String?.self) ?? "it could not be published")
        }
    }

    /// - Returns: false where another replica was faster.
    static func remove(_ id: String, in database: PostgresTransaction) async throws -> Bool {
        try await database.execute("DELETE FROM outbox WHERE id = \(id) AND parked_at IS NOT NULL") > 0
    }
}

extension OutboxStore.Row {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: try row("id"), workspaceID: WorkspaceID(uuid: try row("workspace_id")),
            exchange: try row("exchange"), routingKey: try row("routing_key"),
            body: Array(try row("body", as: String.self).utf8))
    }
}
