/// Numbers of the units of an order line, from 1: those a return holds, or those all returns hold.
public struct UnitNumbers: Hashable, Sendable {
    /// The numbers as runs without gaps, in rising order, apart from each other.
    public private(set) var runs: [ClosedRange<Int>]

    public init() {
        runs = []
    }

    /// The numbers up to and including the last; none for zero.
    public init(upTo last: Int) {
        runs = last > 0 ? [1...last] : []
    }

    /// One run of numbers from 1 or above.
    init(run: ClosedRange<Int>) {
        runs = [run]
    }

    /// Any numbers, in any order; those below 1 are no units and are left out.
    public init(_ numbers: some Sequence<Int>) {
        runs = []
        for number in numbers.sorted() where number > 0 { append(number...number) }
    }

    public var count: Int { runs.reduce(0) { $0 + $1.count } }
    public var isEmpty: Bool { runs.isEmpty }
    public var last: Int { runs.last?.upperBound ?? 0 }
    public var numbers: [Int] { runs.flatMap { Array($0) } }

    public func isDisjoint(with other: UnitNumbers) -> Bool {
        !runs.contains { run in other.runs.contains { $0.overlaps(run) } }
    }

    public func union(_ other: UnitNumbers) -> UnitNumbers {
        var union = UnitNumbers()
        for run in (runs + other.runs).sorted(by: { $0.lowerBound < $1.lowerBound }) { union.append(run) }
        return union
    }

    public func subtracting(_ other: UnitNumbers) -> UnitNumbers {
        var rest = UnitNumbers()
        for run in runs {
            var next = run.lowerBound
            for gap in other.runs where gap.overlaps(run) {
                if next < gap.lowerBound { rest.append(next...(gap.lowerBound - 1)) }
                next = gap.upperBound + 1
            }
            if next <= run.upperBound { rest.append(next...run.upperBound) }
        }
        return rest
    }

    /// Adds a run that does not begin before the last one.
    private mutating func append(_ run: ClosedRange<Int>) {
        guard let last = runs.last, run.lowerBound <= last.upperBound + 1 else { return runs.append(run) }
        runs[runs.count - 1] = last.lowerBound...max(last.upperBound, run.upperBound)
    }
}

/// As a list of the numbers, e.g. `[1,2,5]`.
extension UnitNumbers: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Int].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(numbers)
    }
}
