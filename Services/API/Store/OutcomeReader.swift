import Commerce
import Messaging
import Postgres

/// `api.command_outcomes`: how the owners answered the commands that the api sent.
enum OutcomeReader {
    /// Nil while the owner has not processed the command. One without a reply counts as accepted.
    static func outcome(
        of messageID: String, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> CommandReply? {
        let rows = try await pool.query(
            "SELECT reply FROM api.command_outcomes WHERE message_id = \(messageID)", workspace: workspaceID.uuid)
        guard let row = rows.first else { return nil }
        guard let reply = try row("reply", as: JSONB?.self) else { return .accepted(.emptyObject) }
        return CommandReply(body: try reply.decode(CommandReply.Body.self))
    }
}
