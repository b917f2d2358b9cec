/// The fields of one half of an ISO 8601 duration, e.g. `1H30M`.
struct DurationFields {
    private(set) var total = Duration.zero
    private(set) var count = 0

    /// Nil unless the text is numbers with these units, each at most once and in this order.
    init?(_ text: Substring, units: [(letter: Character, seconds: Int64)]) {
        var rest = text
        for unit in units {
            guard let end = rest.firstIndex(of: unit.letter) else { continue }
            guard let value = Self.value(rest[..<end], unitSeconds: unit.seconds) else { return nil }
            total += value
            count += 1
            rest = rest[rest.index(after: end)...]
        }
        guard rest.isEmpty else { return nil }
    }

    private static func value(_ text: Substring, unitSeconds: Int64) -> Duration? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits(parts[0]) else { return nil }
        let (seconds, overflow) = whole.multipliedReportingOverflow(by: unitSeconds)
        // LIMIT: about 31,000 years; sums of five fields stay far inside Int64.
        guard !overflow, seconds <= 1_000_000_000_000 else { return nil }
        guard parts.count == 2 else { return .seconds(seconds) }
        guard unitSeconds == 1, let fraction = attoseconds(parts[1]) else { return nil }
        return Duration(secondsComponent: seconds, attosecondsComponent: fraction)
    }

    private static func attoseconds(_ fraction: Substring) -> Int64? {
        guard fraction.count <= 18 else { return nil }
        return digits(fraction).map { $0 * (0..<(18 - fraction.count)).reduce(1) { power, _ in power * 10 } }
    }

    private static func digits(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
