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
    public let policy: RefundPolicy

    public init(
        currency: Currency, order: RefundOrder, others: OtherReturns = OtherReturns(), lines: [ReturnedLine],
        heldShipping: Money? = nil, exchange: [ExchangeLine] = [], policy: RefundPolicy = RefundPolicy()
    ) {
        self.currency = currency
        self.order = order
        self.others = others
        self.lines = lines
        self.heldShipping = heldShipping
        self.exchange = exchange
        self.policy = policy
    }
}

/// Units of one order line that come back together, in one condition and for one reason.
public struct ReturnedLine: Hashable, Sendable {
    public let lineID: String
    /// The numbers these units hold, as `UnitReservation` gave them.
    public let units: UnitNumbers
    public let grade: String
    public let reason: String?

    public init(lineID: String, units: UnitNumbers, grade: String = "A", reason: String? = nil) {
        self.lineID = lineID
        self.units = units
        self.grade = grade
        self.reason = reason
    }
}

/// What the other returns of the order hold, as far as they have not ended without goods.
public struct OtherReturns: Hashable, Sendable {
    /// By the id of the order line.
    public let units: [String: UnitNumbers]
    /// What they hold of the original shipping. Nil: what the policy gives for their units.
    ///
    /// Given, a pro-rata refund of shipping fills up what they hold, so that all returns together give exactly the
    /// shipping, also after some were cancelled and others took their units.
    public let shipping: Money?

    public init(units: [String: UnitNumbers] = [:], shipping: Money? = nil) {
        self.units = units
        self.shipping = shipping
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
