/// Units of one order line that are given back together, in one condition and for one reason.
public struct ReturnedLine: Hashable, Sendable {
    public let lineID: String
    /// The numbers these units hold, as `UnitReservation` gave them.
    public let units: UnitNumbers
    public let grade: String
    public let reason: String?
    /// What spares this line the fees, beside its reason, e.g. `rule vip`; nil where nothing does.
    public let feesWaivedBy: String?
    /// Nil for goods that come back.
    public let kept: KeptGoods?

    public init(
        lineID: String, units: UnitNumbers, grade: String = "A", reason: String? = nil, feesWaivedBy: String? = nil,
        kept: KeptGoods? = nil
    ) {
        self.lineID = lineID
        self.units = units
        self.grade = grade
        self.reason = reason
        self.feesWaivedBy = feesWaivedBy
        self.kept = kept
    }

    /// Whether the customer keeps the goods for a part of their price: such units stay sold.
    public var staysSold: Bool { kept.map { $0.percent != .hundred } ?? false }
}

/// Goods that do not come back, kept or given away, and what is refunded for them.
public struct KeptGoods: Hashable, Sendable {
    /// The share of their price, with its tax, that is refunded.
    public let percent: Percentage
    /// What decided it, e.g. `rule cheap-items`; nil where that is not told.
    public let by: String?

    public init(percent: Percentage, by: String? = nil) {
        self.percent = percent
        self.by = by
    }
}
