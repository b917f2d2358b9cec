import Foundation

/// What is known about a line of the order.
public struct OrderLineReturnFacts: Hashable, Sendable {
    public var id: String
    public var sku: String
    /// Units bought.
    public var quantity: Int
    /// Units that have left the warehouse; only these can come back.
    public var fulfilled: Int
    /// Units of returns that are finished.
    public var returned: Int
    /// Units of returns that are under way.
    public var inOtherReturns: Int
    /// When the last of its units left.
    public var fulfilledAt: Date?
    /// When the last of its units arrived.
    public var deliveredAt: Date?
    /// The price of all units before discounts and tax.
    public var price: Money?
    /// The discount on all units.
    public var discount: Money?
    public var productID: String?
    public var type: String?
    public var vendor: String?
    public var tags: Set<String>?
    public var collections: Set<String>?
    /// The codes that discounted this line; nil when only those of the order are known.
    public var discountCodes: Set<String>?

    public init(
        id: String, sku: String, quantity: Int, fulfilled: Int, returned: Int = 0, inOtherReturns: Int = 0,
        price: Money? = nil, discount: Money? = nil
    ) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.fulfilled = fulfilled
        self.returned = returned
        self.inOtherReturns = inOtherReturns
        self.price = price
        self.discount = discount
    }

    /// Units that may still be asked back; never negative.
    var available: Int {
        let (taken, overflow) = returned.addingReportingOverflow(inOtherReturns)
        let (left, underflow) = min(fulfilled, quantity).subtractingReportingOverflow(taken)
        return overflow || underflow ? 0 : max(0, left)
    }

    /// In units of 10⁻⁸ of a percent, rounded down.
    var discountPercent: Int64? {
        guard let price, let discount else { return nil }
        return Self.percent(discount, of: price)
    }

    /// Nothing is no discount on nothing; a discount above the price is one of 100 %.
    static func percent(_ discount: Money, of price: Money) -> Int64? {
        guard discount.currency == price.currency else { return nil }
        guard price.minorUnits > 0, discount.minorUnits > 0 else { return 0 }
        let scaled = Int128(discount.minorUnits) * 100 * Int128(FactKind.decimalUnit) / Int128(price.minorUnits)
        return Int64(min(scaled, 100 * Int128(FactKind.decimalUnit)))
    }
}
