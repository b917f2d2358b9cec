import ArgumentParser
import Logging
import Postgres

/// Adds the participant's schema to a migrated database and gives its login a password.
struct Migrate: AsyncParsableCommand {
    @Option var password: String

    func run() async throws {
        let url = try Environment.require("STATESET_POSTGRES_URL")
        _ = try await Migrator(url: url, logger: Logger(label: "bench")).apply([BenchSchema.migrations])
        try await BenchDatabase.with { pool in
            try await RoleStore.setPassword(password, of: "stateset_bench_participant", in: pool)
        }
    }
}
