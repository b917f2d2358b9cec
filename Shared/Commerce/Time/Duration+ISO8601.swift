import Foundation

extension Duration {
    /// Parses an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. `P3D`, `PT1H30M`, `PT0.5S`.
    ///
    /// Nil for anything else, also for years and months (they have no fixed length), signs, and a fraction in
    /// another field than the seconds. A day is 24 hours.
    public init?(iso8601 text: String) {
        guard text.first == "P", text.count > 1 else { return nil }
        let halves = text.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let days = DurationFields(halves[0], units: [("W", 604_800), ("D", 86_400)])
        let hasTime = halves.count == 2
        let time = DurationFields(hasTime ? halves[1] : "", units: [("H", 3600), ("M", 60), ("S", 1)])
        guard let days, let time, !hasTime || time.count > 0, days.count + time.count > 0 else { return nil }
        self = days.total + time.total
    }

    /// The ISO 8601 form in days, hours, minutes and seconds, e.g. `P3D`, `PT5S`; `PT0S` for zero.
    ///
    /// Exact to the attosecond; a negative duration is written with a leading minus.
    public var iso8601: String {
        guard self >= .zero else { return "-" + (.zero - self).iso8601 }
        let seconds = components.seconds
        let days = seconds / 86_400
        let time =
            [(seconds / 3600 % 24, "H"), (seconds / 60 % 60, "M")]
            .filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
            + secondsField
        let date = days > 0 ? "\(days)D" : ""
        guard !time.isEmpty else { return date.isEmpty ? "PT0S" : "P\(date)" }
        return "P\(date)T\(time)"
    }

    private var secondsField: String {
        let whole = components.seconds % 60
        guard components.attoseconds > 0 else { return whole > 0 ? "\(whole)S" : "" }
        let digits = String(components.attoseconds)
        let fraction = (String(repeating: "0", count: 18 - digits.count) + digits).trimmingSuffix("0")
        return "\(whole).\(fraction)S"
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        var text = self[...]
        while text.last == character { text.removeLast() }
        return text
    }
}
