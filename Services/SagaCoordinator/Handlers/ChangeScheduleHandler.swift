import Commerce
import Contracts
import Foundation
import Messaging

/// Changes when a schedule runs, with a row in the audit log.
struct ChangeScheduleHandler: CommandHandler {
    func handle(_ command: ChangeSchedule, in transaction: HandlerTransaction) async throws -> Done {
        try await transaction.alter(command.scheduleID, "schedule.change", command.reason) { schedule in
            schedule.change(
                try command.change.timing(instead: schedule.timing), try command.change.policy(schedule.policy),
                at: transaction.now)
            return []
        }
        return Done()
    }
}

/// Each throws a ``Refusal`` `invalid` that names the field.
extension ChangeSchedule.Change {
    // LIMIT: two ticks of the scheduler.
    private static let intervalMin = Duration.seconds(1)
    // LIMIT: below, the coordinator's being restarted is enough to miss a firing.
    private static let catchUpMin = Duration.seconds(10)
    // LIMIT: what is rarer has its day of the month and its month in a cron expression.
    private static let durationMax = Duration.days(366)
    // LIMIT: spreads work over a day; more would be another time, not a later one.
    private static let jitterMax = Duration.days(1)

    fileprivate func timing(instead current: ScheduleTiming) throws -> ScheduleTiming {
        if let interval {
            guard cron == nil, timeZone == nil else {
                throw Self.refusal("interval", "Give an interval, or a cron expression with its time zone, not both.")
            }
            return .interval(try Self.duration(interval, "interval", Self.intervalMin...Self.durationMax))
        }
        guard cron != nil || timeZone != nil else { return current }
        let known = TimingColumns(current)
        guard let cron = cron ?? known.cron else {
            throw Self.refusal("cron", "The schedule has an interval: a time zone needs a cron expression.")
        }
        guard let zone = timeZone ?? known.zone else {
            throw Self.refusal("time_zone", "A cron expression needs a time zone, such as Europe/Berlin or UTC.")
        }
        return .cron(try Self.timetable(cron, zone))
    }

    private static func timetable(_ cron: String, _ zone: String) throws -> CronTimetable {
        do {
            return try CronTimetable(CronExpression(cron), zone: zone)
        } catch let error as CronError {
            throw refusal("cron", error.description)
        } catch let error as TimeZoneError {
            throw refusal("time_zone", error.description)
        }
    }

    fileprivate func policy(_ current: SchedulePolicy) throws -> SchedulePolicy {
        var policy = current
        if let jitter { policy.jitter = try Self.duration(jitter, "jitter", .zero...Self.jitterMax) }
        if let catchUp { policy.catchUp = try Self.choice(catchUp, "catch_up") }
        if let catchUpWithin {
            policy.catchUpWithin = try Self.duration(
                catchUpWithin, "catch_up_within", Self.catchUpMin...Self.durationMax)
        }
        if let overlap { policy.overlap = try Self.choice(overlap, "overlap") }
        return policy
    }

    private static func duration(
        _ text: String, _ field: String, _ bounds: ClosedRange<Duration>
    ) throws -> Duration {
        guard let duration = Duration(iso8601: text), bounds.contains(duration) else {
            throw refusal(
                field,
                "It must be an ISO 8601 duration from \(bounds.lowerBound.iso8601) to \(bounds.upperBound.iso8601).")
        }
        return duration
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ field: String
    ) throws -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal(field, "It must be one of: \(known).")
        }
        return choice
    }

    private static func refusal(_ field: String, _ message: String) -> Refusal {
        Refusal(code: "invalid", message: message, field: field)
    }
}
