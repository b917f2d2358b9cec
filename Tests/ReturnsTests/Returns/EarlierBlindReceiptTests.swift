import Commerce
import Foundation
import Logging
import Postgres
import Schema
import Support
import Testing

@Suite(
    "Goods that no return awaited, told of before they were kept", .tags(.postgres),
    .enabled(if: ReturnsBench.isThere))
struct EarlierBlindReceiptTests {
    /// What the migration has kept. Thrown, it leaves neither that nor the owner behind.
    private struct Kept: Error {
        let numbers: [String]
    }

    /// R1 and R2 were told of, and R1 is kept already.
    private static func told(in workspaceID: WorkspaceID) -> [SQL] {
        [
            """
            INSERT INTO returns.warehouse_returns (workspace_id, number, receipts, told_at)
            VALUES (\(workspaceID.uuid), 'R1', '[]', now()), (\(workspaceID.uuid), 'R2', '[]', now())
            """,
            """
            INSERT INTO returns.blind_receipts (id, workspace_id, kind, number, goods, created_at, updated_at)
            VALUES (gen_random_uuid(), \(workspaceID.uuid), 'unknown', 'R1', '[]', now(), now())
            """,
        ]
    }

    /// The tables are somebody's who is no superuser, and who goes on.
    private static let owned: [SQL] = [
        "CREATE ROLE blind_receipts_owner",
        "GRANT USAGE ON SCHEMA returns TO blind_receipts_owner",
        "ALTER TABLE returns.blind_receipts OWNER TO blind_receipts_owner",
        "ALTER TABLE returns.warehouse_returns OWNER TO blind_receipts_owner",
        "ALTER TABLE returns.returns OWNER TO blind_receipts_owner",
        "SET LOCAL ROLE blind_receipts_owner",
    ]

    @Test("are kept also by an owner who is no superuser, and each once")
    func migrated() async throws {
        let migrations = ReturnsSchema.migrations.migrations
        let script = try #require(migrations.first { $0.name == "earlier_blind_receipts" }).sql
        let statements = script.components(separatedBy: ";").filter { $0.contains("returns.") }
            .map { "\(unsafeRaw: $0)" as SQL }
        try await EmptyDatabase.run(ServiceBench.url ?? "") { url in
            let pool = PostgresPool(
                try PostgresConfiguration(url: url, applicationName: "test", poolSize: 1),
                logger: Logger(label: "test"))
            let kept = await #expect(throws: Kept.self) {
                try await pool.transaction { database in
                    try await database.pipeline(Self.told(in: WorkspaceID()) + Self.owned + statements)
                    try await database.execute("RESET ROLE")
                    let rows = try await database.query("SELECT number FROM returns.blind_receipts ORDER BY number")
                    throw Kept(numbers: try rows.map { try $0("number") })
                }
            }
            await pool.close()
            #expect(kept?.numbers == ["R1", "R2"])
        }
    }
}
