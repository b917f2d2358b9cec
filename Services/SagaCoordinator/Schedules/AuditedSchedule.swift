import Commerce
import Foundation

/// What the audit log keeps of a schedule.
struct AuditedSchedule: Encodable {
    private var name: String
    private var interval: String?
    private var cron: String?
    private var timeZone: String?
    private var jitter: String
    private var catchUp: String
    private var catchUpWithin: String
    private var overlap: String
    private var paused: Bool
    private var nextRunAt: Date
    private var firings: Int
    private var waiting: Bool

    init(_ schedule: Schedule) {
        name = schedule.name
        let timing = TimingColumns(schedule.timing)
        interval = timing.interval.map { Duration.milliseconds($0).iso8601 }
        cron = timing.cron
        timeZone = timing.zone
        jitter = schedule.policy.jitter.iso8601
        catchUp = schedule.policy.catchUp.rawValue
        catchUpWithin = schedule.policy.catchUpWithin.iso8601
        overlap = schedule.policy.overlap.rawValue
        paused = schedule.isPaused
        nextRunAt = schedule.dueAt
        firings = schedule.firings
        waiting = schedule.isOneWaiting
    }

    enum CodingKeys: String, CodingKey {
        case name, interval, cron, jitter, overlap, paused, firings, waiting
        case timeZone = "time_zone"
        case catchUp = "catch_up"
        case catchUpWithin = "catch_up_within"
        case nextRunAt = "next_run_at"
    }
}
