/// One field of a cron expression: the values it takes.
struct CronField: Equatable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case minute, hour
        case dayOfMonth = "day of month"
        case month
        case dayOfWeek = "day of week"

        /// Sunday is 0 and 7.
        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .dayOfMonth: 1...31
            case .month: 1...12
            case .dayOfWeek: 0...7
            }
        }

        /// The names that stand for the first values of the range, in order.
        var names: [String] {
            switch self {
            case .minute, .hour, .dayOfMonth: []
            case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            }
        }
    }

    /// Bit n is set where n is taken. No field has more than 60 values.
    private var bits: UInt64
    /// Whether it begins with `*`, as crontab(5) asks where it tells restricted fields from others.
    let isStar: Bool

    init(_ text: Substring, _ kind: Kind) throws(CronError) {
        isStar = text.hasPrefix("*")
        bits = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            for value in try CronItem(item, kind).values { bits |= 1 << value }
        }
        if kind == .dayOfWeek, contains(7) { bits = (bits & ~(1 << 7)) | 1 }
    }

    func contains(_ value: Int) -> Bool { bits & (1 << value) != 0 }

    /// The least value that is not below this one.
    func first(from value: Int) -> Int? {
        guard value < UInt64.bitWidth else { return nil }
        let rest = (bits >> value) << value
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }
}

/// `*`, a value or a range, perhaps with a step.
private struct CronItem {
    let values: StrideThrough<Int>

    init(_ text: Substring, _ kind: CronField.Kind) throws(CronError) {
        guard !text.isEmpty else { throw CronError(field: kind, message: "a value is missing") }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let range = try Self.range(parts[0], kind)
        guard parts.count == 2 else {
            values = stride(from: range.lowerBound, through: range.upperBound, by: 1)
            return
        }
        guard parts[0] == "*" || parts[0].contains("-") else {
            throw CronError(field: kind, message: "'\(text)': a step follows a range or '*', e.g. '*/\(parts[1])'")
        }
        guard let step = Self.number(parts[1]), (1...range.count).contains(step) else {
            throw CronError(
                field: kind, message: "'\(text)': the step is a number from 1 to \(range.count)")
        }
        values = stride(from: range.lowerBound, through: range.upperBound, by: step)
    }

    private static func range(_ text: Substring, _ kind: CronField.Kind) throws(CronError) -> ClosedRange<Int> {
        // WHY: Sunday once only, or a step would count it twice.
        if text == "*" { return kind == .dayOfWeek ? 0...6 : kind.range }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try value(ends[0], kind)
        guard ends.count == 2 else { return first...first }
        var last = try value(ends[1], kind)
        // `fri-sun`: here Sunday ends the week.
        if kind == .dayOfWeek, last == 0, first > 0 { last = 7 }
        guard first <= last else {
            throw CronError(field: kind, message: "'\(text)': the range ends before it begins")
        }
        return first...last
    }

    private static func value(_ text: Substring, _ kind: CronField.Kind) throws(CronError) -> Int {
        if let index = kind.names.firstIndex(of: text.lowercased()) { return kind.range.lowerBound + index }
        guard let number = number(text), kind.range.contains(number) else {
            let names = kind.names.isEmpty ? "" : " or a name such as '\(kind.names[0])'"
            throw CronError(
                field: kind,
                message:
                    "'\(text)' is not a number from \(kind.range.lowerBound) to \(kind.range.upperBound)\(names)")
        }
        return number
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}
