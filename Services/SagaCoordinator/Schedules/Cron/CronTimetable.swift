import Foundation

/// A cron expression where it is read off the clock: in a time zone of the IANA database.
///
/// When that clock is changed, it goes by cron(8) of Vixie's cron as Debian ships it. Times of day (no `*` at the front
/// of minute or hour): one that the clock leaves out happens as it is changed, several of them once; one that it shows
/// twice happens the first time. Every so often (`*`): what the clock shows counts, each time. Other than there, changes
/// of more than three hours make no exception, since here nobody sets the clock by hand.
struct CronTimetable: Equatable, Sendable {
    let expression: CronExpression
    /// As it was given: Foundation calls some zones by other names.
    let zoneName: String
    private let zone: TimeZone

    /// - Throws: ``TimeZoneError``.
    init(_ expression: CronExpression, zone name: String) throws(TimeZoneError) {
        // WHY: Foundation also takes abbreviations, which are ambiguous, and offsets, which know no summer.
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
            throw TimeZoneError(name: name)
        }
        self.expression = expression
        self.zone = zone
        zoneName = name
    }

    /// The first moment after the given one.
    func next(after moment: Date) -> Date {
        var start = Int(moment.timeIntervalSince1970.rounded(.down))
        var earliest = start + zone.offset(at: start) + 1
        if expression.isAtFixedTimes, let shown = zone.shownBefore(at: start) { earliest = max(earliest, shown) }
        while let local = expression.first(from: earliest) {
            let candidate = local - zone.offset(at: start)
            guard let change = zone.change(after: start, through: candidate) else {
                return Date(timeIntervalSince1970: Double(candidate))
            }
            if expression.isAtFixedTimes, let skipped = expression.first(from: change.at + change.before),
                skipped < change.at + change.after
            {
                return Date(timeIntervalSince1970: Double(change.at))
            }
            start = change.at
            earliest = change.at + (expression.isAtFixedTimes ? max(change.before, change.after) : change.after)
        }
        return .distantFuture
    }
}

/// There is no such time zone.
struct TimeZoneError: Error, Equatable, CustomStringConvertible {
    var name: String

    var description: String {
        "'\(name)' is no time zone of the IANA database, such as Europe/Berlin or UTC"
    }
}

/// The clock of the zone is changed at a moment: how far it was ahead of UTC, and how far it is from then on.
private struct ClockChange {
    var at: Int
    var before: Int
    var after: Int
}

extension TimeZone {
    // LIMIT: no zone changes its clock twice within half a day.
    private static let step = 12 * 3600

    fileprivate func offset(at second: Int) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }

    /// The first change after one moment and not after another.
    fileprivate func change(after start: Int, through end: Int) -> ClockChange? {
        let before = offset(at: start)
        var known = start
        while known < end {
            var later = min(known + Self.step, end)
            let after = offset(at: later)
            guard after != before else {
                known = later
                continue
            }
            while later - known > 1 {
                let middle = known + (later - known) / 2
                if offset(at: middle) == before { known = middle } else { later = middle }
            }
            return ClockChange(at: later, before: before, after: after)
        }
        return nil
    }

    /// Up to where the clock has been already, in its own time, where it was put back a short while ago.
    fileprivate func shownBefore(at second: Int) -> Int? {
        guard let change = change(after: second - 2 * Self.step, through: second), change.after < change.before else {
            return nil
        }
        return change.at + change.before
    }
}
