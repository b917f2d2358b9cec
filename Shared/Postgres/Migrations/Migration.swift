/// One step of a schema's history: a script that is applied once and never changed afterwards.
public struct Migration: Hashable, Sendable {
    /// Counted from 1 without gaps within its set.
    public let number: Int
    public let name: String

    /// Statements separated by semicolons, without BEGIN and COMMIT. Names without a schema are found in the set's.
    public let sql: String

    /// The checksums of texts that earlier builds had under this number, which leave a database as this one does, or as a
    /// later migration makes it.
    public let formerly: Set<String>

    public init(_ number: Int, _ name: String, _ sql: String, formerly: Set<String> = []) {
        self.number = number
        self.name = name
        self.sql = sql
        self.formerly = formerly
    }
}

/// The migrations of one schema.
public struct MigrationSet: Hashable, Sendable {
    public let schema: String
    public let migrations: [Migration]

    public init(schema: String, migrations: [Migration]) {
        self.schema = schema
        self.migrations = migrations
    }
}

/// A migration that a run of the migrator has applied.
public struct AppliedMigration: Hashable, Sendable, CustomStringConvertible {
    public let schema: String
    public let number: Int
    public let name: String

    public var description: String { "\(schema) \(number) \(name)" }
}
