import Commerce
import Foundation
import Messaging
import Postgres

/// `schedules`: which command is sent how often.
enum ScheduleStore {
    struct Due: Sendable {
        var workspaceID: WorkspaceID
        var name: String
        var command: String
        var owner: ServiceName
        var data: RawJSON
    }

    /// Gives workspaces that lack them the default schedules.
    static func addMissing(_ schedules: [DefaultSchedule], at: Date, in database: PostgresTransaction) async throws {
        for schedule in schedules {
            try await database.execute(
                """
                INSERT INTO schedules (id, workspace_id, name, command, owner, data, interval_ms, next_run_at)
                SELECT gen_random_uuid(), w.id, \(schedule.name), \(schedule.command), \(schedule.owner.rawValue), '{}',
                       \(Int(schedule.interval / .milliseconds(1))), \(at)
                FROM platform.workspaces w ON CONFLICT (workspace_id, name) DO NOTHING
                """)
        }
    }

    /// Takes what is due and sets the next time: missed runs are not made up for, one that is late counts from now.
    static func claim(dueBy now: Date, in database: PostgresTransaction) async throws -> [Due] {
        try await database.query(
            """
            UPDATE schedules SET last_run_at = \(now), next_run_at = make_interval(secs => interval_ms / 1000.0) + CASE
                WHEN next_run_at + make_interval(secs => interval_ms / 1000.0) > \(now) THEN next_run_at
                ELSE \(now) END
            WHERE id IN (SELECT id FROM schedules WHERE NOT paused AND next_run_at <= \(now)
                         ORDER BY next_run_at LIMIT 500 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, name, command, owner, data
            """
        ).map { row in
            Due(
                workspaceID: WorkspaceID(uuid: try row("workspace_id")), name: try row("name"),
                command: try row("command"), owner: ServiceName(rawValue: try row("owner")),
                data: try row.json("data"))
        }
    }
}
