import Foundation

/// A bucket that every request fills by its cost and that leaks at a steady rate.
struct LeakyBucket: Sendable {
    let size: Double
    let leakPerSecond: Double
    private var level = 0.0
    private var levelAt: Date?

    init(size: Double, leakPerSecond: Double) {
        self.size = size
        self.leakPerSecond = leakPerSecond
    }

    var filled: Int { Int(level.rounded(.up)) }
    var free: Int { Int((size - level).rounded(.down)) }

    /// Adds `cost` when there is room for it.
    mutating func admit(_ cost: Double = 1, now: Date) -> Bool {
        let elapsed = levelAt.map { max(0, now.timeIntervalSince($0)) } ?? 0
        level = max(0, level - elapsed * leakPerSecond)
        levelAt = now
        guard level + cost <= size else { return false }
        level += cost
        return true
    }

    /// Seconds until `cost` fits.
    func wait(for cost: Double = 1) -> Double { max(0, (level + cost - size) / leakPerSecond) }
}
