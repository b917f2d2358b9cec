import Commerce
import Foundation
import Postgres

/// How calls at providers stand, from the view of all services that change something there.
enum EffectReader {
    struct Record: Sendable {
        var provider: String
        var operation: String
        var state: String
        /// Calls that may have reached the provider.
        var calls: Int
        /// JSON texts: why the last try brought nothing; what is there more than once.
        var error: String?
        var duplicates: String?
        var updatedAt: Date
    }

    /// Of one service, by the effects' own keys.
    static func find(
        _ keys: [String], of service: String, in database: PostgresTransaction
    ) async throws -> [String: Record] {
        try await read("key", "service = \(service) AND key = ANY(\(keys))", in: database)
    }

    /// What is not simply done, by the attempt of the saga's command that called last: `sag_…/1/3/2`.
    static func unsettled(
        of attempts: [String], in database: PostgresTransaction
    ) async throws -> [String: Record] {
        // WHY: the second condition is that of the index.
        try await read(
            "command_key",
            """
            command_key = ANY(\(attempts)) AND command_key IS NOT NULL
                AND (state <> 'done' OR duplicates IS NOT NULL)
            """, in: database)
    }

    private static func read(
        _ name: SQL, _ condition: SQL, in database: PostgresTransaction
    ) async throws -> [String: Record] {
        let rows = try await database.query(
            """
            SELECT \(name) AS name, provider, operation, state, calls, error::text AS error,
                duplicates::text AS duplicates, updated_at
            FROM api.effects_view WHERE \(condition)
            """)
        return Dictionary(
            try rows.map { row in (try row("name", as: String.self), try Record(row)) },
            uniquingKeysWith: { $0.updatedAt > $1.updatedAt ? $0 : $1 })
    }
}

extension EffectReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        provider = try row("provider")
        operation = try row("operation")
        state = try row("state")
        calls = try row("calls")
        error = try row("error")
        duplicates = try row("duplicates")
        updatedAt = try row("updated_at")
    }

    var json: JSON {
        [
            "provider": .string(provider), "operation": .string(operation), "state": .string(state),
            "calls": .int(calls), "error": error.map(JSON.raw) ?? .null,
            "duplicates": .raw(duplicates ?? "[]"), "updated_at": .time(updatedAt),
        ]
    }
}
