import Foundation
import Postgres

/// The logins of the services. The migrations make them without a password: nobody can use them until one is set.
enum RoleStore {
    static func setPassword(_ password: String, of role: String, in database: PostgresTransaction) async throws {
        // WHY: ALTER ROLE takes no parameters; the server quotes both for us.
        let rows = try await database.query(
            "SELECT format('ALTER ROLE %I PASSWORD %L', \(role), \(password)) AS statement")
        let statement: String = try rows[0]("statement")
        try await database.execute("\(unsafeRaw: statement)")
    }
}
