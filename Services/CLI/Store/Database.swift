import Foundation
import Logging
import Postgres
import ServiceKit

/// Postgres as the owner of the schemas.
enum Database {
    /// Runs the body with a pool that is closed afterwards.
    static func with<R: Sendable>(
        _ environment: CLIEnvironment, _ body: (PostgresPool) async throws -> R
    ) async throws -> R {
        try await CLIError.explaining {
            let pool = PostgresPool(try configuration(environment), logger: .silent)
            do {
                let result = try await body(pool)
                await pool.close()
                return result
            } catch {
                await pool.close()
                throw error
            }
        }
    }

    static func configuration(_ environment: CLIEnvironment) throws -> PostgresConfiguration {
        let url = try environment.settings.secret(.postgresURL).reveal()
        return try PostgresConfiguration(url: url, applicationName: "stateset-cli", poolSize: 2)
    }
}

extension Logger {
    /// What goes wrong is told once, as the command's error.
    static let silent = Logger(label: "stateset") { _ in SwiftLogNoOpLogHandler() }
}
