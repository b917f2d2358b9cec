/// What a refund has to know of an order: what was sold, what was paid, and what has been given back already.
public struct RefundOrder: Hashable, Sendable {
    /// Whether prices and discounts contain the tax.
    public let taxesIncluded: Bool
    public let lines: [RefundOrderLine]
    public let shipping: ShippingCharge
    public let tenders: [Tender]

    public init(taxesIncluded: Bool, lines: [RefundOrderLine], shipping: ShippingCharge, tenders: [Tender]) {
        self.taxesIncluded = taxesIncluded
        self.lines = lines
        self.shipping = shipping
        self.tenders = tenders
    }
}

/// A line of an order as it was sold.
public struct RefundOrderLine: Hashable, Sendable {
    public let id: String
    public let sku: String
    public let quantity: Int
    public let unitPrice: UnitPrice
    /// The discount of the whole line as it was allocated at the sale.
    public let discount: Money
    /// The tax of the whole line as it was charged at the sale; never computed again.
    public let tax: Money

    public init(id: String, sku: String, quantity: Int, unitPrice: UnitPrice, discount: Money, tax: Money) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.tax = tax
    }
}

/// What the customer paid for shipping.
public struct ShippingCharge: Hashable, Sendable {
    /// Less its discounts, and without its tax.
    public let amount: Money
    public let tax: Money
    /// Given back so far, or promised to another return, with its tax.
    public let refunded: Money
    /// What of that was tax; nil where nobody tells, for its share.
    public let refundedTax: Money?

    public init(amount: Money, tax: Money, refunded: Money, refundedTax: Money? = nil) {
        self.amount = amount
        self.tax = tax
        self.refunded = refunded
        self.refundedTax = refundedTax
    }
}

/// One payment of an order.
public struct Tender: Hashable, Sendable {
    public let id: String
    /// For example `card`, `gift_card` or `store_credit`.
    public let kind: String
    public let captured: Money
    public let refunded: Money
    /// Refunds that have been requested and not yet settled; they count as used.
    public let pending: Money

    public init(id: String, kind: String, captured: Money, refunded: Money, pending: Money) {
        self.id = id
        self.kind = kind
        self.captured = captured
        self.refunded = refunded
        self.pending = pending
    }
}
