import Commerce
import Foundation
import Messaging
import Postgres

/// How long receipts are kept: as long as anybody asks what came. The payloads go with their partitions.
enum ReceiptRetention {
    static let kept = Duration.days(90)

    static func chore(on pool: PostgresPool, clock: any WallClock) -> Housekeeping.Chore {
        Housekeeping.Chore("received") { limit in
            var deleted = 0
            // Row-level security lets the gateway see one workspace at a time.
            for workspace in try await pool.read("SELECT id FROM platform.workspaces") {
                guard deleted < limit else { break }
                deleted += try await delete(
                    before: clock.now - kept.timeInterval, limit: limit - deleted, in: workspace("id"), on: pool)
            }
            return deleted
        }
    }

    private static func delete(
        before: Date, limit: Int, in workspace: UUID, on pool: PostgresPool
    ) async throws -> Int {
        try await pool.execute(
            """
            DELETE FROM received WHERE id = ANY(ARRAY(
                SELECT id FROM received WHERE workspace_id = \(workspace) AND received_at < \(before)
                ORDER BY received_at LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """, workspace: workspace)
    }
}
