/// A payment of an order as the postings have left it.
public struct TenderBalance: Hashable, Sendable {
    public let id: TenderID
    /// The payment's id at its provider.
    public let externalID: String
    /// For example `card`, `gift_card` or `store_credit`.
    public let kind: String
    /// Minor units.
    public let captured, refunded, pending: Int64
    /// The dispute that keeps refunds from it; nil for none.
    public let disputedBy: String?

    public init(
        id: TenderID, externalID: String, kind: String, captured: Int64, refunded: Int64, pending: Int64,
        disputedBy: String?
    ) {
        self.id = id
        self.externalID = externalID
        self.kind = kind
        self.captured = captured
        self.refunded = refunded
        self.pending = pending
        self.disputedBy = disputedBy
    }

    /// Minor units that are neither given back nor on their way; negative where the world gave back more than that.
    public var free: Int64 { captured - refunded - pending }

    /// Minor units that are there to be given back.
    public var room: Int64 { max(0, free) }

    /// Whether refunds may be given back to it: not while a bank disputes it, and not where the world gave back more than
    /// it had. What is too much there takes nothing from the others.
    public var isOpen: Bool { disputedBy == nil && free >= 0 }

    public func tender(in currency: Currency) -> Tender {
        func money(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: currency) }
        return Tender(
            id: id.description, kind: kind, captured: money(captured), refunded: money(refunded),
            pending: money(pending))
    }
}
