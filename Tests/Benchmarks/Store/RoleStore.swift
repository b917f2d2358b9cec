import Postgres

enum RoleStore {
    static func setPassword(_ password: String, of role: String, in pool: PostgresPool) async throws {
        // WHY: ALTER ROLE takes no parameters; the server quotes both for us.
        let rows = try await pool.query(
            "SELECT format('ALTER ROLE %I PASSWORD %L', \(role), \(password)) AS statement")
        let statement: String = try rows[0]("statement")
        try await pool.execute("\(unsafeRaw: statement)")
    }
}
