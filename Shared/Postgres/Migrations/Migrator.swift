import Logging

/// Brings schemas up to date.
///
/// Guarantees: each migration is applied once, in order, in one transaction with its record in
/// `public.stateset_migrations`; any number of migrators may run at the same time (an advisory lock lets one work at
/// a time). There is no limit on how long a statement takes or waits. Nothing is ever undone.
///
/// Failure: `PostgresError` with code `migration` when a migration that was applied has changed, or one is missing in
/// the declared or the recorded sequence; otherwise the server's error. What was applied before stays.
public struct Migrator: Sendable {
    private let configuration: PostgresConfiguration
    private let logger: Logger

    /// - Parameter configuration: the log-in of the schemas' owner; its time limits are not used.
    public init(_ configuration: PostgresConfiguration, logger: Logger) {
        var unlimited = configuration
        unlimited.statementTimeout = .zero
        unlimited.lockTimeout = .zero
        unlimited.idleInTransactionTimeout = .zero
        self.configuration = unlimited
        self.logger = logger
    }

    public init(url: String, logger: Logger) throws {
        self.init(try PostgresConfiguration(url: url, applicationName: "stateset migrate", poolSize: 1), logger: logger)
    }

    /// Applies what is missing, set by set in the order given, and returns it.
    public func apply(_ sets: [MigrationSet]) async throws -> [AppliedMigration] {
        let pool = PostgresPool(configuration, logger: logger)
        do {
            let applied = try await apply(sets, on: pool)
            await pool.close()
            return applied
        } catch {
            await pool.close()
            throw error
        }
    }

    private func apply(_ sets: [MigrationSet], on pool: PostgresPool) async throws -> [AppliedMigration] {
        var applied: [AppliedMigration] = []
        for set in sets {
            let record = try MigrationRecord(set)
            while let migration = try await pool.transaction({ try await record.applyNext(in: $0, logger) }) {
                applied.append(AppliedMigration(schema: set.schema, number: migration.number, name: migration.name))
                logger.notice("Migration applied", metadata: ["migration": "\(set.schema) \(migration.number)"])
            }
        }
        return applied
    }
}
