/// The units of one order line and which of them returns hold.
///
/// A return takes the lowest free numbers and frees them when it ends without goods coming back. Its amounts are those
/// of its numbers, so that freeing some never moves a cent of the others.
public struct UnitReservation: Hashable, Sendable {
    /// Units sold.
    public let quantity: Int
    public private(set) var taken: UnitNumbers

    public init(quantity: Int, taken: UnitNumbers = UnitNumbers()) {
        self.quantity = quantity
        self.taken = taken
    }

    public var free: UnitNumbers { UnitNumbers(upTo: quantity).subtracting(taken) }

    /// Takes the lowest free numbers; nil, and nothing taken, when there are not so many or the count is not positive.
    public mutating func reserve(_ count: Int) -> UnitNumbers? {
        guard let lowest = free.prefix(count) else { return nil }
        taken = taken.union(lowest)
        return lowest
    }

    public mutating func release(_ units: UnitNumbers) {
        taken = taken.subtracting(units)
    }
}

extension UnitNumbers {
    /// The lowest of the numbers; nil when there are not so many or the count is not positive.
    fileprivate func prefix(_ count: Int) -> UnitNumbers? {
        guard count > 0 else { return nil }
        var (lowest, missing) = (UnitNumbers(), count)
        for run in runs where missing > 0 {
            let part = min(missing, run.count)
            missing -= part
            lowest = lowest.union(UnitNumbers(run: run.lowerBound...(run.lowerBound + part - 1)))
        }
        return missing == 0 ? lowest : nil
    }
}
