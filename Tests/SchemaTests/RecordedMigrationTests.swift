import Crypto
import Postgres
import Schema
import Testing

@Suite("Recorded migrations")
struct RecordedMigrationTests {
    private static let recorded = Set(RecordedMigrations.lines.split(separator: "\n").map(String.init))

    @Test("a migration is never rewritten, and a new one is recorded", arguments: SchemaCatalog.all)
    func unchanged(_ set: MigrationSet) {
        for migration in set.migrations {
            let line = Self.line(migration, of: set)
            #expect(
                Self.recorded.contains(line),
                "Rewritten, or new and its line is missing in RecordedMigrations.swift: \(line)")
        }
    }

    @Test("a migration that was recorded is still there")
    func kept() {
        let declared = SchemaCatalog.all.flatMap { set in set.migrations.map { Self.line($0, of: set) } }
        for line in Self.recorded.subtracting(declared).sorted() {
            Issue.record("Rewritten or removed: \(line)")
        }
    }

    private static func line(_ migration: Migration, of set: MigrationSet) -> String {
        let sum = SHA256.hash(data: Array(migration.sql.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        return "\(set.schema) \(migration.number) \(migration.name) \(sum)"
    }
}
