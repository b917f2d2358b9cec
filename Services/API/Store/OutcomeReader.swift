import Commerce
import Messaging
import Postgres

/// `api.command_outcomes`: how the owners answered the commands that the api sent.
enum OutcomeReader {
    /// The replies that are there, by message id. A command without a reply counts as accepted once it is processed.
    static func outcomes(
        of messageIDs: [String], in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [String: CommandReply] {
        let rows = try await pool.query(
            "SELECT message_id, reply FROM api.command_outcomes WHERE message_id = ANY(\(messageIDs))",
            workspace: workspaceID.uuid)
        return try rows.reduce(into: [:]) { replies, row in
            let reply = try row("reply", as: JSONB?.self)
            replies[try row("message_id")] =
                try reply.map { CommandReply(body: try $0.decode(CommandReply.Body.self)) } ?? .accepted(.emptyObject)
        }
    }
}
