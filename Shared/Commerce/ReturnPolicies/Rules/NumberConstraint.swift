/// The numbers that one fact may be: a range without some of its numbers.
struct NumberConstraint: Hashable, Sendable {
    private(set) var least = Int64.min
    private(set) var greatest = Int64.max
    private(set) var excluded: Set<Int64> = []
    /// Set where no number is left because the range would end beyond the numbers there are.
    private var isBeyond = false

    static func exactly(_ number: Int64) -> NumberConstraint { NumberConstraint(least: number, greatest: number) }

    static func not(_ number: Int64) -> NumberConstraint { NumberConstraint(excluded: [number]) }

    static func atLeast(_ number: Int64) -> NumberConstraint { NumberConstraint(least: number) }

    static func atMost(_ number: Int64) -> NumberConstraint { NumberConstraint(greatest: number) }

    /// WHY: every kind of number is whole in its own unit, so more than 5 is at least 6.
    static func moreThan(_ number: Int64) -> NumberConstraint {
        number == .max ? NumberConstraint(isBeyond: true) : NumberConstraint(least: number + 1)
    }

    static func lessThan(_ number: Int64) -> NumberConstraint {
        number == .min ? NumberConstraint(isBeyond: true) : NumberConstraint(greatest: number - 1)
    }

    func holds(_ number: Int64) -> Bool {
        !isBeyond && least <= number && number <= greatest && !excluded.contains(number)
    }

    func intersection(_ other: NumberConstraint) -> NumberConstraint {
        NumberConstraint(
            least: max(least, other.least), greatest: min(greatest, other.greatest),
            excluded: excluded.union(other.excluded), isBeyond: isBeyond || other.isBeyond)
    }

    /// Whether no number within the bounds satisfies it.
    func isEmpty(within bounds: ClosedRange<Int64>) -> Bool {
        range(within: bounds) == nil
    }

    /// Whether every number within the bounds that satisfies this one satisfies the other.
    func implies(_ other: NumberConstraint, within bounds: ClosedRange<Int64>) -> Bool {
        guard let range = range(within: bounds) else { return true }
        let ends = other.holdsIgnoringGaps(range.lowerBound) && other.holdsIgnoringGaps(range.upperBound)
        return ends && other.excluded.filter(range.contains).isSubset(of: excluded)
    }

    private func holdsIgnoringGaps(_ number: Int64) -> Bool {
        !isBeyond && least <= number && number <= greatest
    }

    /// From the least to the greatest number within the bounds that satisfies it; nil where there is none.
    private func range(within bounds: ClosedRange<Int64>) -> ClosedRange<Int64>? {
        var (low, high) = (max(least, bounds.lowerBound), min(greatest, bounds.upperBound))
        guard !isBeyond else { return nil }
        while low < high, excluded.contains(low) { low += 1 }
        while low < high, excluded.contains(high) { high -= 1 }
        return low > high || excluded.contains(low) ? nil : low...high
    }
}
