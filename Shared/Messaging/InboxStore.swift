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

    /// Writes the rows with COMMIT, in id order (so that replicas never deadlock).
    ///
    /// A row that is there already fails the transaction: another replica was faster, see ``isConflict(_:)``. That costs
    /// nothing where it does not happen, so a look-up before is needed only for what may have been processed.
    static func insert(
        _ results: [(envelope: Envelope, reply: CommandReply?)], in database: PostgresTransaction
    ) throws {
        let sorted = results.sorted { $0.envelope.attributes.id < $1.envelope.attributes.id }
        let ids = sorted.map(\.envelope.attributes.id)
        let workspaces = sorted.map(\.envelope.attributes.workspaceid.uuid)
        let types = sorted.map(\.envelope.attributes.type)
        let replies = try sorted.map { try $0.reply?.json.text }
        database.enqueue(
            """
            INSERT INTO inbox (message_id, workspace_id, type, reply)
            SELECT id, workspace, type, reply::jsonb
            FROM unnest(\(ids), \(workspaces), \(types), \(replies)) AS u(id, workspace, type, reply)
            """)
    }

    static func insert(_ envelope: Envelope, reply: CommandReply?, in database: PostgresTransaction) throws {
        try insert([(envelope, reply)], in: database)
    }

    /// Whether the transaction failed because one of its messages is in the inbox already.
    static func isConflict(_ error: PostgresError) -> Bool {
        error.isUniqueViolation && error.constraint == "inbox_pkey"
    }

    static func reply(_ json: JSONB?) throws -> CommandReply? {
        try json.map { CommandReply(body: try $0.decode(CommandReply.Body.self)) }
    }
}

/// Another replica committed the same message first.
struct AlreadyProcessed: Error {}
