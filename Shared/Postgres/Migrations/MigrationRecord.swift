import Logging

/// The record of one schema's migrations, and the one transaction in which the next is applied.
struct MigrationRecord: Sendable {
    private let set: MigrationSet
    private let schema: PostgresIdentifier

    init(_ set: MigrationSet) throws(PostgresError) {
        guard let schema = PostgresIdentifier(set.schema) else {
            throw PostgresError(.migration, "\"\(set.schema)\" cannot be the name of a schema")
        }
        self.set = set
        self.schema = schema
    }

    /// Applies the first migration that is missing; `nil` when none is.
    func applyNext(in transaction: PostgresTransaction, _ logger: Logger) async throws -> Migration? {
        // WHY: alone in the first round trip, so that the statements behind it see what the last holder committed.
        try await transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended('stateset_migrations', 0))")
        try await transaction.pipeline(foundation)
        let checksums = try await checksums(in: transaction)
        let plan = try MigrationPlan(set, checksums: checksums, recorded: try await recorded(in: transaction))
        if !plan.unknown.isEmpty {
            logger.warning(
                "The database has migrations this build does not know", metadata: ["schema": "\(set.schema)"])
        }
        guard let migration = plan.pending.first else { return nil }
        try await apply(migration, checksum: checksums[migration.number - 1], in: transaction)
        return migration
    }

    private var foundation: [SQL] {
        [
            "CREATE SCHEMA IF NOT EXISTS \(identifier: schema)",
            """
            CREATE TABLE IF NOT EXISTS public.stateset_migrations (
                schema text NOT NULL,
                number bigint NOT NULL,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now(),
                PRIMARY KEY (schema, number))
            """,
            "SELECT set_config('search_path', \(schema.quoted + ", public"), true)",
        ]
    }

    /// SHA-256 of each script, computed by the server.
    private func checksums(in transaction: PostgresTransaction) async throws -> [String] {
        let rows = try await transaction.query(
            """
            SELECT encode(sha256(convert_to(script, 'UTF8')), 'hex')
            FROM unnest(\(set.migrations.map(\.sql))) WITH ORDINALITY AS declared (script, position)
            ORDER BY position
            """)
        return try rows.map { try $0(0) }
    }

    private func recorded(in transaction: PostgresTransaction) async throws -> [MigrationPlan.Record] {
        let rows = try await transaction.query(
            """
            SELECT number, name, checksum FROM public.stateset_migrations
            WHERE schema = \(set.schema) ORDER BY number
            """)
        return try rows.map { row in
            MigrationPlan.Record(number: try row("number"), name: try row("name"), checksum: try row("checksum"))
        }
    }

    private func apply(_ migration: Migration, checksum: String, in transaction: PostgresTransaction) async throws {
        let name = "\(set.schema) \(migration.number) \(migration.name)"
        do {
            try await transaction.run(script: migration.sql)
        } catch let error as PostgresError where error.code == .server {
            throw error.inMigration(name)
        }
        guard await transaction.isOpen else {
            throw PostgresError(.migration, "migration \(name) ends its transaction itself")
        }
        try await transaction.execute(
            """
            INSERT INTO public.stateset_migrations (schema, number, name, checksum)
            VALUES (\(set.schema), \(migration.number), \(migration.name), \(checksum))
            """)
    }
}

extension PostgresError {
    /// Names the migration whose script the server refused.
    fileprivate func inMigration(_ name: String) -> PostgresError {
        var error = PostgresError(.migration, "migration \(name): \(message)", retryability: retryability)
        error.sqlState = sqlState
        error.table = table
        error.column = column
        error.constraint = constraint
        return error
    }
}
