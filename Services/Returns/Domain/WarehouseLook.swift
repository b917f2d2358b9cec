import Foundation

/// How far the warehouse's returns have been read, by its own clock: ours may be ahead of it.
struct WarehouseLook: Codable, Sendable, Equatable {
    // LIMIT: the warehouse's times are whole seconds and may come a little late; more would be read again for nothing.
    private static let overlap: TimeInterval = 600
    // LIMIT: what came in before a workspace's first look is found before its return expires.
    private static let firstReach: TimeInterval = 86_400

    /// The latest change that was read.
    var since: Date
    /// Of a look that was too long for one go: where it goes on, from 1, and the latest change that it has read.
    var page = 1
    var latest: Date?

    /// Changes from here on are asked for.
    var from: Date { since - Self.overlap }

    static func first(at now: Date) -> WarehouseLook { WarehouseLook(since: now - firstReach) }

    /// A page was read.
    mutating func read(_ changes: [Date], isLast: Bool) {
        latest = (changes + [latest].compactMap(\.self)).max()
        guard isLast else { return page += 1 }
        self = WarehouseLook(since: max(since, latest ?? since))
    }
}
