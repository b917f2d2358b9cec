/// What is to be refunded, and on which terms. `RefundCalculation` answers it.
public struct RefundRequest: Hashable, Sendable {
    public let currency: Currency
    public let order: RefundOrder
    /// What other returns hold.
    public let others: OtherReturns
    /// The goods that come back now.
    public let lines: [ReturnedLine]
    /// What this return has been promised of the original shipping; nil when the policy is to decide.
    public let heldShipping: Money?
    /// The goods the customer gets instead.
    public let exchange: [ExchangeLine]
    /// Whether those goods are given of what the tenders have left, so that beside them the tenders give only the rest.
    public let exchangeUsesRoom: Bool
    /// What earlier refunds of the same goods gave before they failed with another payment; nil for nothing.
    public let givenBefore: Money?
    public let policy: RefundPolicy

    public init(
        currency: Currency, order: RefundOrder, others: OtherReturns = OtherReturns(), lines: [ReturnedLine],
        heldShipping: Money? = nil, exchange: [ExchangeLine] = [], exchangeUsesRoom: Bool = false,
        givenBefore: Money? = nil, policy: RefundPolicy = RefundPolicy()
    ) {
        self.currency = currency
        self.order = order
        self.others = others
        self.lines = lines
        self.heldShipping = heldShipping
        self.exchange = exchange
        self.exchangeUsesRoom = exchangeUsesRoom
        self.givenBefore = givenBefore
        self.policy = policy
    }
}

/// What the customer gets in exchange; the amounts are those of the whole line.
public struct ExchangeLine: Hashable, Sendable {
    public let sku: String
    public let quantity: Int
    public let amount: Money
    public let tax: Money

    public init(sku: String, quantity: Int, amount: Money, tax: Money) {
        self.sku = sku
        self.quantity = quantity
        self.amount = amount
        self.tax = tax
    }
}
