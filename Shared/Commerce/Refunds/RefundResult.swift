/// What is refunded, in full detail: the answer to a `RefundRequest`.
public struct RefundResult: Sendable {
    public let currency: Currency
    /// One for each returned line, in the order of the request.
    public let lines: [RefundedLine]
    /// With its tax.
    public let shippingRefund: Money
    /// What of the shipping refund is tax; nil where shipping had none, and where an older build did not tell.
    public let shippingRefundTax: Money?
    public let returnShippingFee: Money
    public let exchangeTotal: Money
    /// What earlier refunds of the same goods gave before they failed with another payment; nil for nothing.
    public let givenBefore: Money?
    /// What goes back to the tenders.
    public let total: Money
    /// Fees that the goods did not cover and nobody is asked to pay.
    public let unrecoveredFees: Money
    /// What the tenders had no room for.
    public let capped: Money
    /// What the customer still owes for an exchange; its goods are held until it is paid.
    public let amountDue: Money
    /// What each tender gives, in the order of the request, also when that is nothing.
    public let tenders: [RefundedTender]
    /// What is added to a refund that is taken as store credit, and not by the tenders; nil where nothing is added.
    public let storeCreditBonus: Money?
    let figures: [DerivationNode]

    /// What the goods have given with what was given of them before: what the books are told of.
    public var givenInAll: Int64 { total.minorUnits + (givenBefore?.minorUnits ?? 0) }

    /// Minor units of the shipping refund without its tax.
    public var shippingRefundNet: Int64 { shippingRefund.minorUnits - (shippingRefundTax?.minorUnits ?? 0) }

    /// Minor units of tax that the goods and the shipping give back.
    public var taxInAll: Int64 { lines.reduce(shippingRefundTax?.minorUnits ?? 0) { $0 + $1.tax.minorUnits } }

    /// How every figure came about. Written out anew each time; the figures are known without it.
    public var derivation: Derivation { Derivation(currency: currency, figures: figures) }
}

/// What one returned line gives: net and tax less the deductions and the fee.
public struct RefundedLine: Hashable, Sendable {
    public let lineID: String
    public let quantity: Int
    public let net: Money
    public let tax: Money
    public let gradeDeduction: Money
    /// What is not refunded of goods that stay with the customer; nil where the goods come back.
    public let keptDeduction: Money?
    public let restockingFee: Money
    public let amount: Money
}

public struct RefundedTender: Hashable, Sendable {
    public let id: String
    public let amount: Money
}
