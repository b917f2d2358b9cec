extension Sale {
    /// The sale as the shop's books have it; itself where they are kept in the customer's currency.
    public var inBooks: Sale {
        books.map { Sale($0, taxesIncluded: taxesIncluded) } ?? self
    }

    /// Whether the customer paid in another currency than that of the shop's books.
    public var isForeign: Bool { books != nil }

    /// An amount of the one currency in the other, by the rate of the sale: what the order came to in each of them.
    /// Rounded half away from zero. An amount in that currency already stays as it is.
    ///
    /// Failure: `MoneyError` on an amount in neither currency.
    public func converted(_ amount: Money, to currency: Currency) throws(MoneyError) -> Money {
        guard amount.currency != currency, amount.minorUnits != 0 else {
            return amount.currency == currency ? amount : .zero(currency)
        }
        let (own, other) = (try total(), try inBooks.total())
        let isOwn = amount.currency == own.currency && currency == other.currency
        guard isOwn || (amount.currency == other.currency && currency == own.currency) else {
            throw .currencyMismatch(amount.currency, currency)
        }
        let (from, to) = isOwn ? (own, other) : (other, own)
        // WHY: an order that came to nothing tells no rate, and has nothing that a flat amount could be taken of.
        guard from.minorUnits > 0 else { return .zero(currency) }
        let product = try Fraction(Int128(amount.minorUnits)).times(Fraction(Int128(to.minorUnits)))
        let exact = try product.divided(by: Fraction(Int128(from.minorUnits)))
        guard let units = try exact.rounded(digits: 0).wholeUnits(digits: 0) else { throw .overflow }
        return Money(minorUnits: units, currency: currency)
    }

    /// Flat amounts of a policy in another currency of the sale; shares of prices are the same in both.
    ///
    /// Failure: as of ``converted(_:to:)``.
    public func converted(_ policy: RefundPolicy, to currency: Currency) throws(MoneyError) -> RefundPolicy {
        var policy = policy
        if let fee = policy.returnShippingFee { policy.returnShippingFee = try converted(fee, to: currency) }
        if let amount = policy.storeCreditBonus?.amount {
            policy.storeCreditBonus?.amount = try converted(amount, to: currency)
        }
        if let max = policy.storeCreditBonus?.max { policy.storeCreditBonus?.max = try converted(max, to: currency) }
        return policy
    }

    /// Goods, tax and shipping.
    func total() throws(MoneyError) -> Money {
        var total = Money.zero(currency)
        for component in try components() {
            total = try total + Money(minorUnits: component.amount, currency: currency)
        }
        return total
    }
}

extension ReturnDecision {
    /// What the refund of a sale is calculated by: flat amounts are the shop's, and are given and taken in the customer's
    /// currency by the rate of the sale.
    ///
    /// Failure: `MoneyError` where a flat amount is none in the shop's currency, or cannot be converted.
    public func refundPolicy(of sale: Sale, as resolution: ReturnResolution) throws(MoneyError) -> RefundPolicy {
        try sale.converted(refundPolicy(in: sale.inBooks.currency, as: resolution), to: sale.currency)
    }
}
