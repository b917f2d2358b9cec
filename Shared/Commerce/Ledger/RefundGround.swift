/// An order's money as it stands: what every refund of it is calculated from.
public struct RefundGround: Sendable {
    public var sale: Sale
    /// Every payment, in the order in which they came.
    public var tenders: [TenderBalance]
    public var held: HeldUnits
    public var shippingRefunded: RefundedShipping
    /// Minor units that goods of exchanges take of what the payments have left.
    public var exchanged: Int64
    /// What of the shipping our own refunds give back; only looked at where the books are in another currency.
    public var ownShipping: OwnShipping

    public init(
        sale: Sale, tenders: [TenderBalance], held: HeldUnits, shippingRefunded: RefundedShipping,
        exchanged: Int64 = 0, ownShipping: OwnShipping = .none
    ) {
        self.sale = sale
        self.tenders = tenders
        self.held = held
        self.shippingRefunded = shippingRefunded
        self.exchanged = exchanged
        self.ownShipping = ownShipping
    }

    /// The payments that give something back.
    public var open: [TenderBalance] { tenders.filter(\.isOpen) }

    /// The lowest free units of a line; nil where the line was not sold, or not so many of it are left.
    /// - Parameter further: what is taken beside what is held.
    public func reserve(_ count: Int, of lineID: String, beside further: HeldUnits) -> UnitNumbers? {
        guard let sold = sale.lines.first(where: { $0.id == lineID }) else { return nil }
        let taken = held[lineID].union(further[lineID])
        var reservation = UnitReservation(quantity: sold.quantity, taken: taken)
        return reservation.reserve(count)
    }

    /// The refund of these units on these terms.
    public func request(_ lines: [ReturnedLine], policy: RefundPolicy = RefundPolicy()) -> RefundRequest {
        RefundRequest(
            currency: sale.currency,
            order: sale.order(tenders: open.map { $0.tender(in: sale.currency) }, shippingRefunded: shippingRefunded),
            others: OtherReturns(
                units: held.all, kept: held.kept,
                exchanged: exchanged > 0 ? Money(minorUnits: exchanged, currency: sale.currency) : nil),
            lines: lines, policy: policy)
    }
}
