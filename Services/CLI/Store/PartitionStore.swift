import Foundation
import Postgres

/// The monthly partitions of the webhook archive.
enum PartitionStore {
    /// Makes those of this month and the next ones.
    /// - Returns: the names of those that were not there yet.
    static func prepare(monthsAhead: Int, from now: Date, in pool: PostgresPool) async throws -> [String] {
        try await pool.query(
            """
            SELECT ingest_gateway.create_payload_partition(
                (\(now) AT TIME ZONE 'UTC' + make_interval(months => n::int))::date) AS name
            FROM generate_series(0, \(monthsAhead)) AS n
            """
        ).compactMap { try $0("name", as: String?.self) }
    }
}
