import Messaging
import Postgres

/// Finished sagas by the million: copies, made by the server, of one that the bench itself has left behind, with its
/// steps, the coordinator's and the participant's inbox rows and its effects.
enum FinishedSagas {
    private struct Copy {
        var table: String
        /// Which rows of the pattern are copied.
        var condition: String
        /// The columns that differ from copy to copy, and how they are made from its number `n`.
        var columns: [String: String]
    }

    /// Ids as the platform makes them: ordered by time.
    private static let id = "(lpad(to_hex(1700000000000 + n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid"
    /// Message ids: one a row of the pattern.
    private static let messageID =
        "(lpad(to_hex(1700000000000 + n), 12, '0') || '70008' || lpad(to_hex(r), 3, '0') || lpad(to_hex(n), 12, '0'))::uuid::text"

    static func put(_ count: Int, in pool: PostgresPool) async throws {
        let saga = try await pool.query(
            "SELECT id::text FROM saga_coordinator.sagas WHERE status = 'completed' AND name = 'bench-return' LIMIT 1")
        guard let pattern = try saga.first?("id", as: String.self) else {
            throw BenchError("there is no finished saga yet to copy: measure some first")
        }
        for copy in copies(pattern) { try await put(copy, count, in: pool) }
        for table in ["sagas", "steps", "inbox"] {
            try await pool.execute("VACUUM ANALYZE saga_coordinator.\(unsafeRaw: table)")
        }
        try await pool.execute("VACUUM ANALYZE bench_participant.inbox")
        try await pool.execute("CHECKPOINT")
    }

    private static func copies(_ pattern: String) -> [Copy] {
        let inbox = ["message_id": messageID]
        return [
            Copy(
                table: "saga_coordinator.sagas", condition: "id = '\(pattern)'",
                columns: ["id": id, "key": "'finished-' || n", "subject": "'finished-' || n"]),
            Copy(
                table: "saga_coordinator.steps", condition: "saga_id = '\(pattern)'", columns: ["saga_id": id]),
            Copy(
                table: "saga_coordinator.inbox",
                condition: "message_id IN (SELECT message_id FROM saga_coordinator.inbox WHERE type = 'reply' LIMIT 6)",
                columns: inbox),
            Copy(
                table: "saga_coordinator.inbox",
                condition:
                    "message_id IN (SELECT message_id FROM saga_coordinator.inbox WHERE type = 'StartSaga' LIMIT 1)",
                columns: ["message_id": "'s' || \(messageID)"]),
            Copy(
                table: "bench_participant.inbox",
                condition: "message_id IN (SELECT message_id FROM bench_participant.inbox LIMIT 6)", columns: inbox),
        ]
    }

    private static func put(_ copy: Copy, _ count: Int, in pool: PostgresPool) async throws {
        let rows = try await pool.query(
            """
            SELECT attname::text AS name FROM pg_attribute
            WHERE attrelid = \(copy.table)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """)
        let names: [String] = try rows.map { try $0("name") }
        let values = names.map { copy.columns[$0] ?? "p.\"\($0)\"" }.joined(separator: ", ")
        let columns = names.map { "\"\($0)\"" }.joined(separator: ", ")
        try await pool.execute(
            """
            INSERT INTO \(unsafeRaw: copy.table) (\(unsafeRaw: columns))
            SELECT \(unsafeRaw: values)
            FROM generate_series(1, \(unsafeRaw: "\(count)")) AS g(n)
            CROSS JOIN (SELECT *, row_number() OVER () AS r FROM \(unsafeRaw: copy.table)
                        WHERE \(unsafeRaw: copy.condition)) AS p
            """)
    }
}
