import Postgres

enum ReceivedCounts {
    static func accepted(in pool: PostgresPool) async throws -> Int {
        try await pool.query("SELECT count(*) AS n FROM ingest_gateway.received WHERE status = 'accepted'")[0]("n")
    }
}
