/// What a return was promised when it was asked for: its goods' worth, as far as the order's payments had it left then.
///
/// The quote shows what they had no room for, so that giving so much less keeps the promise. What they have lost since
/// breaks it, except for what the shop rounds otherwise than we do.
public struct RefundPromise: Hashable, Sendable {
    /// Minor units that the payments had left then, with what they had given for the same goods before; nil where that is not
    /// known: all of the goods' worth is promised.
    public let room: Int64?
    /// Minor units that may be missing for rounding alone.
    public let rounding: Int64

    public init(room: Int64?, rounding: Int64 = 0) {
        self.room = room
        self.rounding = rounding
    }

    /// By how much a refund falls short of the promise; zero where it keeps it.
    ///
    /// What earlier refunds of the same goods gave before they failed counts as given, and so do goods of an exchange.
    public func shortfall(of result: RefundResult) -> Money {
        let due = result.givenInAll + result.capped.minorUnits
        let promised = room.map { max(0, $0 - result.exchangeTotal.minorUnits) } ?? due
        let missing = min(due, promised) - result.givenInAll
        return Money(minorUnits: missing > rounding ? missing : 0, currency: result.currency)
    }
}

extension RefundResult {
    /// What is due before the payments' limit.
    public var payable: Money { Money(minorUnits: total.minorUnits + capped.minorUnits, currency: currency) }
}

extension Sale {
    /// Minor units by which refunds of these units, made in the shop, may differ from ours because each rounds for
    /// itself: one of the price and one of the tax for each unit.
    public func rounding(of units: HeldUnits) -> Int64 {
        lines.reduce(0) { $0 + Int64(units[$1.id].count) * ($1.tax.minorUnits > 0 ? 2 : 1) }
    }
}
