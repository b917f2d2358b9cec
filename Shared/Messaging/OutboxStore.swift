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
        /// Publishes begun, the one that it was claimed for included.
        var attempts = 0

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

    /// Takes rows whose time has come and puts their next attempt off; `parked_at` is set with the twentieth.
    static func claim(limit: Int, in database: PostgresTransaction) async throws -> [Row] {
        try await database.query(
            """
            UPDATE outbox SET attempts = attempts + 1,
                next_attempt_at = now() + least(interval '5 seconds' * 2 ^ least(attempts, 10), interval '10 minutes'),
                parked_at = CASE WHEN attempts + 1 >= 20 THEN now() END
            WHERE id IN (
                SELECT id FROM outbox WHERE next_attempt_at <= now() AND parked_at IS NULL
                ORDER BY next_attempt_at LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING id, workspace_id, exchange, routing_key, body, attempts
            """
        ).map { row in
            Row(
                id: try row("id"), workspaceID: WorkspaceID(uuid: try row("workspace_id")),
                exchange: try row("exchange"), routingKey: try row("routing_key"),
                body: Array(try row("body", as: String.self).utf8), attempts: try row("attempts"))
        }
    }

    /// Takes back a claim that led to no attempt. Travels with COMMIT.
    static func giveBack(_ ids: [String], in database: PostgresTransaction) {
        database.enqueue(
            """
            UPDATE outbox SET attempts = attempts - 1, parked_at = NULL, next_attempt_at = now() + interval '5 seconds'
            WHERE id = ANY(\(ids))
            """)
    }

    /// Travels with COMMIT.
    static func delete(_ ids: [String], in database: PostgresTransaction) {
        database.enqueue("DELETE FROM outbox WHERE id = ANY(\(ids))")
    }

    static func recordError(_ error: String, ids: [String], in database: PostgresTransaction) async throws {
        try await database.execute("UPDATE outbox SET last_error = \(error.printable()) WHERE id = ANY(\(ids))")
    }
}
