/// What the other returns of the order hold, as far as they have not ended without goods.
public struct OtherReturns: Hashable, Sendable {
    /// By the id of the order line.
    public let units: [String: UnitNumbers]
    /// Those of them that customers keep for a part of their price: no shipping is given back for them.
    public let kept: [String: UnitNumbers]
    /// What they hold of the original shipping. Nil: what the policy gives for their units.
    ///
    /// Given, a pro-rata refund of shipping fills up what they hold, so that all returns together give exactly the
    /// shipping, also after some were cancelled and others took their units.
    public let shipping: Money?
    /// What goods that were taken in exchange for theirs have of what the tenders had left; nil for nothing.
    public let exchanged: Money?

    public init(
        units: [String: UnitNumbers] = [:], kept: [String: UnitNumbers] = [:], shipping: Money? = nil,
        exchanged: Money? = nil
    ) {
        self.units = units
        self.kept = kept
        self.shipping = shipping
        self.exchanged = exchanged
    }

    /// The units of a line that are given back for good.
    func givenBack(of lineID: String) -> UnitNumbers {
        guard let units = units[lineID] else { return UnitNumbers() }
        return kept[lineID].map(units.subtracting) ?? units
    }
}
