import Commerce
import Foundation
import Messaging
import Postgres

/// `schedules`: which command is sent when, and what became of it.
enum ScheduleStore {
    /// Gives tenants that lack them the default schedules.
    static func addMissing(_ schedules: [DefaultSchedule], at: Date, in database: PostgresTransaction) async throws {
        for schedule in schedules {
            let policy = schedule.policy
            try await database.execute(
                """
                INSERT INTO schedules (id, workspace_id, name, command, owner, data, interval_ms, overlap,
                                       reply_within_ms, nominal_at, next_run_at)
                SELECT gen_random_uuid(), w.id, \(schedule.name), \(schedule.command), \(schedule.owner.rawValue), '{}',
                       \(schedule.interval.milliseconds), \(policy.overlap.rawValue),
                       \(policy.replyWithin.milliseconds), \(at), \(at)
                FROM platform.workspaces w WHERE w.id <> \(WorkspaceID.platform.uuid)
                ON CONFLICT (workspace_id, name) DO NOTHING
                """)
        }
    }

    // LIMIT: a transaction of some tens of milliseconds; more follow at once.
    static let batch = 500

    /// Locks what is due; what another replica has locked is that one's.
    static func due(by now: Date, in database: PostgresTransaction) async throws -> [Schedule] {
        try await schedules(
            """
            WHERE NOT paused AND next_run_at <= \(now) ORDER BY next_run_at LIMIT \(batch) FOR UPDATE SKIP LOCKED
            """, in: database)
    }

    /// Locks those whose answer is overdue, paused ones too; what another replica has locked is that one's.
    static func silent(by now: Date, in database: PostgresTransaction) async throws -> [Schedule] {
        try await schedules(
            "WHERE reply_due_at <= \(now) ORDER BY reply_due_at LIMIT \(batch) FOR UPDATE SKIP LOCKED", in: database)
    }

    /// Locks one of a workspace.
    /// - Throws: ``CronError`` or ``TimeZoneError`` where its timetable cannot be read.
    static func lock(
        _ id: ScheduleID, of workspaceID: WorkspaceID, in database: PostgresTransaction
    ) async throws -> Schedule? {
        try await rows(
            "WHERE id = \(id.uuid) AND workspace_id = \(workspaceID.uuid) FOR UPDATE", in: database
        ).first.map { try Schedule($0) }
    }

    /// Locks some, in the order of their ids, so that replicas never wait for each other in a circle.
    static func lock(_ ids: [ScheduleID], in database: PostgresTransaction) async throws -> [Schedule] {
        try await schedules("WHERE id = ANY(\(ids.map(\.uuid))) ORDER BY id FOR UPDATE", in: database)
    }

    private static func rows(_ condition: SQL, in database: PostgresTransaction) async throws -> [PostgresRow] {
        try await database.query(
            """
            SELECT id, workspace_id, name, command, owner, data, interval_ms, cron, time_zone, jitter_ms, catch_up,
                   catch_up_ms, overlap, reply_within_ms, coalesce(nominal_at, next_run_at) AS nominal_at, paused,
                   firings, skipped, last_run_at, reply_due_at, one_waits, last_outcome, last_error, last_outcome_at
            FROM schedules \(condition)
            """)
    }

    private static func schedules(_ condition: SQL, in database: PostgresTransaction) async throws -> [Schedule] {
        try await rows(condition, in: database).compactMap { row in
            do {
                return try Schedule(row)
            } catch let error where error is CronError || error is TimeZoneError {
                park(ScheduleID(uuid: try row("id")), "\(error)", in: database)
                return nil
            }
        }
    }

    /// One that cannot be read, which only a hand in the database makes, holds up no other.
    private static func park(_ id: ScheduleID, _ error: String, in database: PostgresTransaction) {
        database.enqueue(
            """
            UPDATE schedules SET paused = true, last_outcome = 'refused', last_outcome_at = next_run_at,
                last_error = \(error), reply_due_at = NULL
            WHERE id = \(id.uuid)
            """)
    }

    /// Travels with the next statement or COMMIT.
    static func save(_ schedule: Schedule, in database: PostgresTransaction) {
        let policy = schedule.policy
        let timing = TimingColumns(schedule.timing)
        database.enqueue(
            """
            UPDATE schedules SET interval_ms = \(timing.interval), cron = \(timing.cron), time_zone = \(timing.zone),
                jitter_ms = \(policy.jitter.milliseconds), catch_up = \(policy.catchUp.rawValue),
                catch_up_ms = \(policy.catchUpWithin.milliseconds), overlap = \(policy.overlap.rawValue),
                nominal_at = \(schedule.nominalAt), next_run_at = \(schedule.dueAt), paused = \(schedule.isPaused),
                firings = \(schedule.firings), skipped = \(schedule.skipped), last_run_at = \(schedule.lastRunAt),
                reply_due_at = \(schedule.replyDueAt), one_waits = \(schedule.isOneWaiting),
                last_outcome = \(schedule.outcome?.status.rawValue), last_error = \(schedule.outcome?.error),
                last_outcome_at = \(schedule.outcome?.at)
            WHERE id = \(schedule.id.uuid)
            """)
    }
}
