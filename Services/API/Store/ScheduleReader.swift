import Commerce
import Foundation
import Postgres

/// What the coordinator does again and again.
enum ScheduleReader {
    struct Schedule: Sendable {
        var id: ScheduleID
        var name: String
        var command: String
        var owner: String
        var interval: Duration
        var nextRunAt: Date
        var lastRunAt: Date?
        var isPaused: Bool
    }

    /// All of them: a workspace has one for each poll.
    static func list(in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> [Schedule] {
        try await pool.query(
            """
            SELECT id, name, command, owner, interval_ms, next_run_at, last_run_at, paused
            FROM saga_coordinator.schedules ORDER BY name, id
            """, workspace: workspaceID.uuid
        ).map(Schedule.init)
    }
}

extension ScheduleReader.Schedule {
    fileprivate init(_ row: PostgresRow) throws {
        id = ScheduleID(uuid: try row("id"))
        name = try row("name")
        command = try row("command")
        owner = try row("owner")
        interval = .milliseconds(try row("interval_ms", as: Int.self))
        nextRunAt = try row("next_run_at")
        lastRunAt = try row("last_run_at")
        isPaused = try row("paused")
    }

    var json: JSON {
        [
            "id": .id(id),
            "name": .string(name),
            "command": .string(command),
            "owner": .string(owner),
            "interval": .string(interval.iso8601),
            "next_run_at": .time(nextRunAt),
            "last_run_at": .time(lastRunAt),
            "paused": .bool(isPaused),
        ]
    }
}
