import Foundation

/// Counts calls in whole minutes.
struct MinuteWindow: Sendable {
    let limit: Int
    private var minute = 0
    private var count = 0

    init(limit: Int) { self.limit = limit }

    var remaining: Int { max(0, limit - count) }

    /// Counts a call when there is room for it in this minute.
    mutating func admit(now: Date) -> Bool {
        let current = Int(now.timeIntervalSince1970) / 60
        if current != minute { (minute, count) = (current, 0) }
        guard count < limit else { return false }
        count += 1
        return true
    }

    /// Seconds until the next minute begins.
    static func reset(now: Date) -> Int { 60 - Int(now.timeIntervalSince1970) % 60 }
}
