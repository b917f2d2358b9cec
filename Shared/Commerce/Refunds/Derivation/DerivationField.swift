/// The values that have names in a derivation.
public enum DerivationField: String, Hashable, Sendable, CaseIterable {
    // Of lines.
    case quantity, discount, tax, gross, net, amount
    case unitPrice = "unit_price"
    case gradePercent = "grade_percent"
    case gradeDeduction = "grade_deduction"
    /// The share of the price that is refunded for goods that stay with the customer.
    case keptPercent = "kept_percent"
    case keptDeduction = "kept_deduction"
    case feeBeforeTax = "fee_before_tax"
    case restockingFee = "restocking_fee"
    /// The number of a unit of its line, from 1.
    case unit

    // Of tenders.
    case captured, refunded, pending
    /// What a tender has left to give.
    case room

    // Of shipping.
    case shippingAmount = "order.shipping.amount"
    case shippingTax = "order.shipping.tax"
    case shippingPaid = "order.shipping.paid"
    case shippingRefunded = "order.shipping.refunded"
    /// What of it was tax.
    case shippingTaxRefunded = "order.shipping.refunded_tax"
    case shippingHeld = "held_shipping"
    case shippingOfOthers = "others.shipping"
    case orderNet = "order.net"
    case returnedNet = "returned.net"
    case returnedBeforeNet = "returned_before.net"

    // Of the policy.
    case restockingFeePercent = "policy.restocking_fee_percent"
    case policyReturnShippingFee = "policy.return_shipping_fee"
    case bonusPercent = "policy.store_credit_bonus.percent"
    case bonusAmount = "policy.store_credit_bonus.amount"
    case bonusMax = "policy.store_credit_bonus.max"

    // Of the whole.
    /// What goods that were taken in exchange for those of other returns have of what the tenders had left.
    case exchangedByOthers = "others.exchanged"
    case shippingRefund = "shipping_refund"
    /// What of the shipping refund is tax.
    case shippingRefundTax = "shipping_refund_tax"
    case returnShippingFee = "return_shipping_fee"
    /// Lines and shipping less the fee; may be negative.
    case balance
    /// The balance, or nothing where it is negative.
    case subtotal
    case exchangeTotal = "exchange_total"
    /// What earlier refunds of the same goods gave before they failed with another payment.
    case givenBefore = "given_before"
    /// The subtotal less the exchange and what was given before, before the tenders' limit.
    case payable
    /// What all tenders have left to give.
    case refundable
    case total, capped
    case unrecoveredFees = "unrecovered_fees"
    case amountDue = "amount_due"
    /// On top of the total, and given by no tender.
    case storeCreditBonus = "store_credit_bonus"
}
