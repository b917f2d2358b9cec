import Commerce
import Foundation
import Postgres

/// `inbox`: the messages whose effects are committed, each with the reply it was given.
public enum InboxStore {
    enum Entry: Sendable {
        case new
        case processed(CommandReply?)
    }

    /// Which of the messages are already processed. Runs before the handler, to spare it work.
    static func lookUp(
        _ envelopes: [Envelope], in database: PostgresTransaction
    ) async throws -> [String: Entry] {
        let ids = envelopes.map(\.attributes.id)
        let rows = try await database.query(
            "SELECT message_id, workspace_id, reply FROM inbox WHERE message_id = ANY(\(ids))")
        var found: [String: Entry] = [:]
        for row in rows {
            let key = Self.key(try row("message_id"), try row("workspace_id", as: UUID.self))
            found[key] = .processed(try reply(row("reply", as: JSONB?.self)))
        }
        return found
    }

    static func key(_ envelope: Envelope) -> String {
        key(envelope.attributes.id, envelope.attributes.workspaceid.uuid)
    }

    private static func key(_ id: String, _ workspace: UUID) -> String { "\(id)|\(workspace.uuidString)" }

    /// Writes the rows in id order (so that replicas never deadlock).
    /// - Throws: ``AlreadyProcessed`` when another replica was faster: the transaction must roll back.
    static func insert(
        _ results: [(envelope: Envelope, reply: CommandReply?)], in database: PostgresTransaction
    ) async throws {
        let sorted = results.sorted { $0.envelope.attributes.id < $1.envelope.attributes.id }
        let ids = sorted.map(\.envelope.attributes.id)
        let workspaces = sorted.map(\.envelope.attributes.workspaceid.uuid)
        let types = sorted.map(\.envelope.attributes.type)
        let replies = try sorted.map { try $0.reply.map { try RawJSON(encoding: $0.body).text } }
        let inserted = try await database.execute(
            """
            INSERT INTO inbox (message_id, workspace_id, type, reply)
            SELECT id, workspace, type, reply::jsonb
            FROM unnest(\(ids), \(workspaces), \(types), \(replies)) AS u(id, workspace, type, reply)
            ON CONFLICT DO NOTHING
            """)
        guard inserted == sorted.count else { throw AlreadyProcessed() }
    }

    static func insert(
        _ envelope: Envelope, reply: CommandReply?, in database: PostgresTransaction
    ) async throws {
        try await insert([(envelope, reply)], in: database)
    }

    static func reply(_ json: JSONB?) throws -> CommandReply? {
        try json.map { CommandReply(body: try $0.decode(CommandReply.Body.self)) }
    }
}

/// Another replica committed the same message first.
struct AlreadyProcessed: Error {}
