import Foundation

extension ShopCalendar {
    /// The date on the shop's wall at this moment.
    public func day(of moment: Date) -> ShopDay {
        let seconds = moment.wholeSeconds
        return ShopDay(number: (seconds + offset(at: seconds)).floorDivided(by: 86_400))
    }

    /// The last second of the day in the shop's time zone: 23:59:59, and the last one where the clock shows it twice.
    ///
    /// A day that the zone skips (Samoa had no 30 December 2011) ends with the day before it.
    public func lastSecond(of day: ShopDay) -> Date {
        let localEnd = (day.number + 1) * 86_400
        let (before, after) = (localEnd - Self.offsetMax, localEnd + Self.offsetMax)
        let (offsetBefore, offsetAfter) = (offset(at: before), offset(at: after))
        guard offsetBefore != offsetAfter else { return Date(secondsSince1970: localEnd - offsetBefore - 1) }
        // WHY: with the clock changed near midnight the day ends by the old offset, unless its end by the new one
        // still lies ahead of the change; then that is the later of the two.
        let change = self.change(after: before, until: after)
        let endBefore = min(change, localEnd - offsetBefore)
        let endAfter = localEnd - offsetAfter
        return Date(secondsSince1970: (endAfter > change ? endAfter : endBefore) - 1)
    }

    /// LIMIT: no place is further than 15 hours from UTC; twice that also clears the change itself.
    private static let offsetMax = 30 * 3600

    /// The first second with another offset than `start`, which must differ from that of `end`.
    private func change(after start: Int, until end: Int) -> Int {
        var (low, high) = (start, end)
        let old = offset(at: start)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == old { low = middle } else { high = middle }
        }
        return high
    }

    private func offset(at seconds: Int) -> Int {
        zone.secondsFromGMT(for: Date(secondsSince1970: seconds))
    }

    /// WHY: a policy is refused with a zone that is unknown; one that has become unknown since then reads as UTC.
    private var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }
}

extension Date {
    init(secondsSince1970 seconds: Int) {
        self.init(timeIntervalSince1970: TimeInterval(seconds))
    }

    /// Seconds since 1970, rounded down; moments beyond the year 9999 count as its end.
    var wholeSeconds: Int {
        let limit = 253_402_300_799.0
        let seconds = timeIntervalSince1970
        guard seconds.isFinite else { return Int(seconds > 0 ? limit : -limit) }
        return Int(min(max(seconds, -limit), limit).rounded(.down))
    }
}
