import Testing

@testable import Postgres

@Suite("The migration plan")
struct MigrationPlanTests {
    private let set = MigrationSet(
        schema: "shop",
        migrations: [Migration(1, "orders", "a"), Migration(2, "lines", "b"), Migration(3, "notes", "c")])

    private func plan(_ recorded: [(Int, String)]) throws -> MigrationPlan {
        try MigrationPlan(
            set, checksums: ["A", "B", "C"],
            recorded: recorded.map { MigrationPlan.Record(number: $0.0, name: "", checksum: $0.1) })
    }

    @Test("what is not recorded is pending, in order")
    func pending() throws {
        #expect(try plan([]).pending.map(\.number) == [1, 2, 3])
        #expect(try plan([(1, "A")]).pending.map(\.number) == [2, 3])
        #expect(try plan([(1, "A"), (2, "B"), (3, "C")]).pending.isEmpty)
    }

    @Test("a changed migration is refused by name")
    func changed() {
        let error = #expect(throws: PostgresError.self) { try plan([(1, "A"), (2, "other")]) }
        #expect(error?.message == "migration shop 2 lines was changed after it had been applied")
    }

    @Test("a text that an earlier build had under the number passes, and no other")
    func formerly() throws {
        let set = MigrationSet(schema: "shop", migrations: [Migration(1, "orders", "a", formerly: ["old"])])
        func plan(_ checksum: String) throws -> MigrationPlan {
            try MigrationPlan(
                set, checksums: ["A"], recorded: [MigrationPlan.Record(number: 1, name: "", checksum: checksum)])
        }
        #expect(try plan("old").pending.isEmpty)
        #expect(throws: PostgresError.self) { try plan("older") }
    }

    @Test("a gap in the record is refused by name")
    func recordedGap() {
        let error = #expect(throws: PostgresError.self) { try plan([(1, "A"), (3, "C")]) }
        #expect(error?.message.contains("shop 2 lines") == true)
    }

    @Test("a gap in the declaration is refused by name")
    func declaredGap() {
        let gap = MigrationSet(schema: "shop", migrations: [Migration(1, "a", ""), Migration(3, "c", "")])
        let error = #expect(throws: PostgresError.self) { try MigrationPlan(gap, checksums: [], recorded: []) }
        #expect(error?.message.contains("shop 3 c") == true)
    }

    @Test("migrations of a newer build are reported and left alone")
    func newer() throws {
        let plan = try plan([(1, "A"), (2, "B"), (3, "C"), (4, "D")])
        #expect(plan.pending.isEmpty)
        #expect(plan.unknown.map(\.number) == [4])
    }
}
