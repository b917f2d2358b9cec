/// Compares the declared migrations of one schema with the recorded ones. Pure.
struct MigrationPlan {
    /// A row of the record.
    struct Record: Hashable, Sendable {
        let number: Int
        let name: String
        let checksum: String
    }

    /// What remains to be applied, in order.
    let pending: [Migration]

    /// Recorded migrations that this build does not know: it is older than the database.
    let unknown: [Record]

    /// - Parameter checksums: of the declared migrations, in their order.
    /// - Throws: `migration`, naming the one that has changed or is missing.
    init(_ set: MigrationSet, checksums: [String], recorded: [Record]) throws(PostgresError) {
        try Self.checkNumbers(set)
        let records = Dictionary(recorded.map { ($0.number, $0) }) { first, _ in first }
        for (migration, checksum) in zip(set.migrations, checksums) {
            guard let record = records[migration.number]?.checksum else { continue }
            guard record != checksum, !migration.formerly.contains(record) else { continue }
            throw Self.refusal(set, migration.number, migration.name, "was changed after it had been applied")
        }
        let last = recorded.map(\.number).max() ?? 0
        if let missed = set.migrations.first(where: { $0.number < last && records[$0.number] == nil }) {
            throw Self.refusal(set, missed.number, missed.name, "was not applied although a later one was")
        }
        pending = set.migrations.filter { $0.number > last }
        unknown = recorded.filter { $0.number > set.migrations.count }
    }

    private static func checkNumbers(_ set: MigrationSet) throws(PostgresError) {
        for (index, migration) in set.migrations.enumerated() where migration.number != index + 1 {
            throw refusal(set, migration.number, migration.name, "stands where number \(index + 1) is expected")
        }
    }

    private static func refusal(_ set: MigrationSet, _ number: Int, _ name: String, _ why: String) -> PostgresError {
        PostgresError(.migration, "migration \(set.schema) \(number) \(name) \(why)")
    }
}
