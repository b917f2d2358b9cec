import Commerce
import Providers

/// What a refund made in the shop was for, shared out over its payments in proportion.
struct RefundShares {
    /// Minor units.
    struct Share: Sendable, Equatable {
        var amount, goods, tax, shipping: Int64
    }

    let all: [Share]

    /// - Parameter amounts: of its movements, in minor units of the sale's currency.
    ///
    /// Failure: `MoneyError` where the shop's amounts are none in the order's currency.
    init(of refund: ShopifyRefund, over amounts: [Int64], _ sale: Sale) throws {
        guard amounts.contains(where: { $0 > 0 }) else {
            all = amounts.map { Share(amount: $0, goods: 0, tax: 0, shipping: 0) }
            return
        }
        var (goods, tax, shipping) = (Money.zero(sale.currency), Money.zero(sale.currency), Money.zero(sale.currency))
        for line in refund.lines ?? [] {
            let told = sale.isForeign ? (line.presentmentSubtotal, line.presentmentTax) : (line.subtotal, line.tax)
            let (subtotal, lineTax) = (try Money(told.0, sale.currency), try Money(told.1, sale.currency))
            goods = try goods + (sale.taxesIncluded ? subtotal - lineTax : subtotal)
            tax = try tax + lineTax
        }
        for adjustment in refund.adjustments ?? [] where adjustment.kind == "shipping_refund" {
            let told =
                sale.isForeign
                ? (adjustment.presentmentAmount, adjustment.presentmentTax) : (adjustment.amount, adjustment.tax)
            shipping = try shipping - Money(told.0, sale.currency)
            tax = try tax - Money(told.1, sale.currency)
        }
        let shares = try [goods, tax, shipping].map { try $0.allocate(weights: amounts).map(\.minorUnits) }
        all = amounts.indices.map { index in
            Share(amount: amounts[index], goods: shares[0][index], tax: shares[1][index], shipping: shares[2][index])
        }
    }
}
