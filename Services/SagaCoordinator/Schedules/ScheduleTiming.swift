import Commerce
import Foundation

/// When something is done again and again.
enum ScheduleTiming: Equatable, Sendable {
    case interval(Duration)
    case cron(CronTimetable)

    /// The first time after a moment.
    /// - Parameter beat: a time of the schedule, which those of an interval are counted from; not later than the moment.
    func next(after moment: Date, beat: Date) -> Date {
        switch self {
        case .cron(let timetable): return timetable.next(after: moment)
        case .interval(let interval):
            let beats = (moment.timeIntervalSince(beat) / interval.timeInterval).rounded(.down) + 1
            return beat + beats * interval.timeInterval
        }
    }

    /// By how much a time may be put off at most: not beyond the one after.
    func reach(of jitter: Duration) -> TimeInterval {
        guard case .interval(let interval) = self else { return jitter.timeInterval }
        return min(jitter, interval).timeInterval
    }

    // LIMIT: some milliseconds of going through a timetable; after a very long time away the count is too low.
    private static let countMax = 1000

    /// How many times there are from one of them up to, and without, another.
    func count(from first: Date, before last: Date) -> Int {
        switch self {
        case .cron(let timetable):
            var (count, time) = (0, first)
            while time < last, count < Self.countMax { (count, time) = (count + 1, timetable.next(after: time)) }
            return count
        case .interval(let interval):
            return Int((last.timeIntervalSince(first) / interval.timeInterval).rounded())
        }
    }
}

/// What holds for every firing of a schedule.
struct SchedulePolicy: Equatable, Sendable {
    /// Each firing is put off by up to this much, see ``ScheduleJitter``.
    var jitter: Duration = .zero
    var catchUp: CatchUp = .one
    /// How late a firing may be; what is later is not made up for.
    var catchUpWithin: Duration = .days(365)
    var overlap: Overlap = .skip
    /// How long an answer is waited for: then the command counts as run, with the outcome `no_reply`.
    var replyWithin: Duration = .hours(1)

    /// What becomes of times that passed while nobody fired, most of all while the coordinator was down.
    enum CatchUp: String, Codable, Sendable, CaseIterable {
        /// One firing stands for all of them.
        case one
        /// Each is made up for, oldest first.
        case all
    }

    /// What becomes of a firing while the one before is not answered yet.
    enum Overlap: String, Codable, Sendable, CaseIterable {
        /// It is left out.
        case skip
        /// One waits for the answer; further ones are left out.
        case bufferOne = "buffer_one"
        /// It is sent all the same.
        case allow
    }
}
