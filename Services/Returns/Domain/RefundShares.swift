import Commerce
import Providers

/// What a refund made in the shop was for, shared out over its payments in proportion.
struct RefundShares {
    /// Minor units.
    struct Share: Sendable, Equatable {
        var amount, goods, tax, shipping: Int64
    }

    let all: [Share]

    /// Failure: `MoneyError` where the shop's amounts are none in the order's currency.
    init(of refund: ShopifyRefund, over movements: [ShopifyTransaction], _ sale: Sale) throws {
        let amounts = try movements.map { try Money($0.amount, sale.currency).minorUnits }
        guard amounts.contains(where: { $0 > 0 }) else {
            all = amounts.map { Share(amount: $0, goods: 0, tax: 0, shipping: 0) }
            return
        }
        var (goods, tax, shipping) = (Money.zero(sale.currency), Money.zero(sale.currency), Money.zero(sale.currency))
        for line in refund.lines ?? [] {
            let (subtotal, lineTax) = (try Money(line.subtotal, sale.currency), try Money(line.tax, sale.currency))
            goods = try goods + (sale.taxesIncluded ? subtotal - lineTax : subtotal)
            tax = try tax + lineTax
        }
        for adjustment in refund.adjustments ?? [] where adjustment.kind == "shipping_refund" {
            shipping = try shipping - Money(adjustment.amount, sale.currency)
            tax = try tax - Money(adjustment.tax, sale.currency)
        }
        let shares = try [goods, tax, shipping].map { try $0.allocate(weights: amounts).map(\.minorUnits) }
        all = amounts.indices.map { index in
            Share(amount: amounts[index], goods: shares[0][index], tax: shares[1][index], shipping: shares[2][index])
        }
    }
}
