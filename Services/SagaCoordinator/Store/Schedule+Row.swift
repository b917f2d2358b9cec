import Commerce
import Foundation
import Messaging
import Postgres

extension Schedule {
    /// - Throws: ``CronError`` or ``TimeZoneError`` where the timetable cannot be read.
    init(_ row: PostgresRow) throws {
        id = ScheduleID(uuid: try row("id"))
        workspaceID = WorkspaceID(uuid: try row("workspace_id"))
        name = try row("name")
        command = try row("command")
        owner = ServiceName(rawValue: try row("owner"))
        data = try row.json("data")
        timing = try ScheduleTiming(row)
        policy = try SchedulePolicy(row)
        nominalAt = try row("nominal_at")
        isPaused = try row("paused")
        firings = try row("firings")
        skipped = try row("skipped")
        lastRunAt = try row("last_run_at")
        replyDueAt = try row("reply_due_at")
        isOneWaiting = try row("one_waits")
        outcome = try Outcome(row)
    }
}

extension ScheduleTiming {
    fileprivate init(_ row: PostgresRow) throws {
        if let cron = try row("cron", as: String?.self) {
            self = .cron(try CronTimetable(CronExpression(cron), zone: row("time_zone")))
        } else {
            self = .interval(.milliseconds(try row("interval_ms", as: Int.self)))
        }
    }
}

extension SchedulePolicy {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            jitter: .milliseconds(try row("jitter_ms", as: Int.self)),
            catchUp: CatchUp(rawValue: try row("catch_up")) ?? .one,
            catchUpWithin: .milliseconds(try row("catch_up_ms", as: Int.self)),
            overlap: Overlap(rawValue: try row("overlap")) ?? .skip,
            replyWithin: .milliseconds(try row("reply_within_ms", as: Int.self)))
    }
}

extension Schedule.Outcome {
    fileprivate init?(_ row: PostgresRow) throws {
        guard let status = try row("last_outcome", as: String?.self).flatMap(Status.init(rawValue:)),
            let at = try row("last_outcome_at", as: Date?.self)
        else { return nil }
        self.init(status: status, error: try row("last_error"), at: at)
    }
}

/// A timing as its columns.
struct TimingColumns {
    var interval: Int?
    var cron: String?
    var zone: String?

    init(_ timing: ScheduleTiming) {
        switch timing {
        case .interval(let duration): interval = duration.milliseconds
        case .cron(let timetable):
            cron = timetable.expression.description
            zone = timetable.zoneName
        }
    }
}

extension Duration {
    var milliseconds: Int { Int(self / .milliseconds(1)) }
}
