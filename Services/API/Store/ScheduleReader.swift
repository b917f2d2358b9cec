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
        var interval: Duration?
        var cron: String?
        var timeZone: String?
        var jitter: Duration
        var catchUp: String
        var catchUpWithin: Duration
        var overlap: String
        var nextRunAt: Date
        var lastRunAt: Date?
        var lastOutcome: String?
        var lastOutcomeAt: Date?
        var lastError: String?
        var firings: Int
        var skipped: Int
        var isOneWaiting: Bool
        var isPaused: Bool

        /// What can be done to it now.
        var allowedVerbs: [String] { isPaused ? ["resume", "run"] : ["pause", "run"] }
    }

    /// All of them: a workspace has one for each poll.
    static func list(in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> [Schedule] {
        try await pool.query("\(selection) ORDER BY name, id", workspace: workspaceID.uuid).map(Schedule.init)
    }

    static func find(
        _ id: ScheduleID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Schedule? {
        try await pool.query("\(selection) WHERE id = \(id.uuid)", workspace: workspaceID.uuid).first
            .map(Schedule.init)
    }

    private static let selection: SQL = """
        SELECT id, name, command, owner, interval_ms, cron, time_zone, jitter_ms, catch_up, catch_up_ms, overlap,
               next_run_at, last_run_at, last_outcome, last_outcome_at, last_error, firings, skipped, one_waits, paused
        FROM saga_coordinator.schedules
        """
}

extension ScheduleReader.Schedule {
    fileprivate init(_ row: PostgresRow) throws {
        id = ScheduleID(uuid: try row("id"))
        name = try row("name")
        command = try row("command")
        owner = try row("owner")
        interval = try row("interval_ms", as: Int?.self).map { .milliseconds($0) }
        cron = try row("cron")
        timeZone = try row("time_zone")
        jitter = .milliseconds(try row("jitter_ms", as: Int.self))
        catchUp = try row("catch_up")
        catchUpWithin = .milliseconds(try row("catch_up_ms", as: Int.self))
        overlap = try row("overlap")
        nextRunAt = try row("next_run_at")
        lastRunAt = try row("last_run_at")
        lastOutcome = try row("last_outcome")
        lastOutcomeAt = try row("last_outcome_at")
        lastError = try row("last_error")
        firings = try row("firings")
        skipped = try row("skipped")
        isOneWaiting = try row("one_waits")
        isPaused = try row("paused")
    }
}
