import Foundation

/// What the counters of this process start above.
///
/// A provider never gives an id twice, but this process forgets everything when it ends while the platform's database
/// remembers. So each start counts from a higher place: a pinned one, one counted in a file, or one taken from time.
struct IDOffset: Sendable, Equatable {
    // LIMIT: orders one process can make before its ids reach those of the next start.
    private static let idsPerRun = 100_000
    // 2026-01-01T00:00:00Z
    private static let epochSeconds = 1_767_225_600

    let value: Int

    static func pinned(_ value: Int) -> IDOffset { IDOffset(value: value) }

    /// Seconds since 2026: good for as long as fewer than one order a second is made between two starts.
    static func time(_ now: Date) -> IDOffset {
        IDOffset(value: max(0, Int(now.timeIntervalSince1970) - epochSeconds))
    }

    /// Counts the starts in a file. The first start gives 0.
    static func countingStarts(file: URL) throws -> IDOffset {
        let previous = (try? String(contentsOf: file, encoding: .utf8))
            .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        let starts = previous ?? 0
        try Data("\(starts + 1)\n".utf8).write(to: file, options: .atomic)
        return IDOffset(value: starts * idsPerRun)
    }
}
