import Postgres
import Support
import Testing

/// What a run must not leave behind in any service's tables.
struct Residue {
    let crowd: Crowd

    /// Once the work is done, nothing more is owed, unknown or given up on than there was before.
    func expectNone(beside before: [String: Int]) async throws {
        let end = ContinuousClock.now + .seconds(90)
        var left = try await count()
        func surplus() -> [String: Int] { left.filter { $0.value > before[$0.key] ?? 0 } }
        while !surplus().isEmpty, ContinuousClock.now < end {
            try await ContinuousClock().sleep(for: .milliseconds(250))
            left = try await count()
        }
        #expect(surplus().isEmpty, "left behind: \(surplus())")
    }

    /// Open dead letters, rows owed to the broker, and effects without an end, over all services.
    func count() async throws -> [String: Int] {
        var found: [String: Int] = [:]
        let schemas = try await crowd.patiently {
            try await crowd.pool.read("SELECT schemaname::text FROM pg_tables WHERE tablename = 'outbox'")
        }.map { try $0(0, as: String.self) }
        for schema in schemas {
            for (what, condition) in [
                ("outbox", "true"), ("dead_letters", "status = 'open'"), ("effects", "state IN ('calling', 'unknown')"),
            ] {
                let table: SQL = "\(unsafeRaw: schema).\(unsafeRaw: what)"
                let sql: SQL = "SELECT count(*) FROM \(table) WHERE \(unsafeRaw: condition)"
                let rows = try await crowd.patiently { try await crowd.pool.read(sql) }
                found["\(schema).\(what)"] = try rows[0](0, as: Int.self)
            }
        }
        return found
    }
}
