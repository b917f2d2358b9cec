import Commerce
import Postgres

/// `emails` around the call of a mail server: what tells a mail that was not sent from one of which nobody knows.
///
/// Written in transactions of their own, because a call is made in none.
struct MailCallStore: Sendable {
    let pool: PostgresPool

    /// Writes down that the server is called now.
    ///
    /// - Parameters:
    ///   - generation: of the sending; somebody may have begun another.
    ///   - calls: how many there had been when this one was planned.
    /// - Returns: the number of the call; nil when another process has begun it meanwhile, or the mail has ended or is
    ///   held.
    func begin(
        _ id: EmailID, generation: Int, after calls: Int, in workspace: WorkspaceID
    ) async throws -> Int? {
        try await pool.transaction(workspace: workspace.uuid) { database in
            try await database.query(
                """
                UPDATE emails SET attempts = attempts + 1, in_call = true
                WHERE id = \(id.uuid) AND generation = \(generation)::integer AND attempts = \(calls)::integer
                    AND status = 'queued' AND held_since IS NULL
                RETURNING attempts
                """
            ).first.map { try $0("attempts") }
        }
    }

    /// The server has certainly not taken the mail with this call; one that another process has begun since stays open.
    func end(_ id: EmailID, generation: Int, call number: Int, in workspace: WorkspaceID) async throws {
        try await pool.transaction(workspace: workspace.uuid) { database in
            _ = try await database.execute(
                """
                UPDATE emails SET in_call = false
                WHERE id = \(id.uuid) AND generation = \(generation)::integer AND attempts = \(number)::integer
                """)
        }
    }

    /// Whether the server may have taken the mail without anybody hearing of it.
    func isOpen(_ id: EmailID, in workspace: WorkspaceID) async throws -> Bool {
        try await pool.transaction(workspace: workspace.uuid) { database in
            try await database.query("SELECT in_call FROM emails WHERE id = \(id.uuid)").first.map { try $0("in_call") }
                ?? false
        }
    }
}
