import Foundation
import Logging
import Postgres

/// Postgres as the owner of all schemas: for counting and for putting rows in place.
enum BenchDatabase {
    /// Runs the body with a pool that is closed afterwards. There is no limit on how long a statement takes.
    static func with<R: Sendable>(_ body: (PostgresPool) async throws -> R) async throws -> R {
        var configuration = try PostgresConfiguration(
            url: Environment.require("STATESET_POSTGRES_URL"), applicationName: "stateset-bench", poolSize: 2)
        configuration.statementTimeout = .zero
        configuration.lockTimeout = .zero
        let pool = PostgresPool(configuration, logger: Logger(label: "bench"))
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

enum Environment {
    static func require(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name] else { throw BenchError("\(name) is not set") }
        return value
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
