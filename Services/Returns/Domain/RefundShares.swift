import Commerce
import Providers

/// What a refund made in the shop was for, shared out over its payments in proportion.
struct RefundShares {
    /// Minor units; goods and shipping without their taxes.
    struct Share: Sendable, Equatable {
        var amount, goods, tax, shipping, shippingTax: Int64
    }

    let all: [Share]

    /// Failure: `MoneyError` where the shop's amounts are none in the order's currency.
    init(of refund: ShopifyRefund, over movements: [ShopifyTransaction], _ sale: Sale) throws {
        let amounts = try movements.map { try Money($0.amount, sale.currency).minorUnits }
        guard amounts.contains(where: { $0 > 0 }) else {
            all = amounts.map { Share(amount: $0, goods: 0, tax: 0, shipping: 0, shippingTax: 0) }
            return
        }
        var (goods, tax) = (Money.zero(sale.currency), Money.zero(sale.currency))
        for line in refund.lines ?? [] {
            let (subtotal, lineTax) = (try Money(line.subtotal, sale.currency), try Money(line.tax, sale.currency))
            goods = try goods + (sale.taxesIncluded ? subtotal - lineTax : subtotal)
            tax = try tax + lineTax
        }
        let shipping = try Self.shipping(of: refund, sale)
        let shares = try [goods, tax, shipping.net, shipping.tax].map {
            try $0.allocate(weights: amounts).map(\.minorUnits)
        }
        all = amounts.indices.map { index in
            Share(
                amount: amounts[index], goods: shares[0][index], tax: shares[1][index], shipping: shares[2][index],
                shippingTax: shares[3][index])
        }
    }

    /// Shipping without its tax, and the tax.
    private static func shipping(of refund: ShopifyRefund, _ sale: Sale) throws -> (net: Money, tax: Money) {
        let adjustments = (refund.adjustments ?? []).filter { $0.kind == "shipping_refund" }
        var (net, tax) = (Money.zero(sale.currency), Money.zero(sale.currency))
        for adjustment in adjustments {
            net = try net - Money(adjustment.amount, sale.currency)
            tax = try tax - Money(adjustment.tax, sale.currency)
        }
        // WHY: versions from 2024-10 on tell of it here, some of them in the adjustments as well.
        guard adjustments.isEmpty else { return (net, tax) }
        for line in refund.shippingLines ?? [] {
            let subtotal = try Money(line.subtotal, sale.currency)
            let lineTax = try line.tax.map { try Money($0, sale.currency) } ?? sale.taxOnShipping(subtotal)
            net = try net + (sale.taxesIncluded ? subtotal - lineTax : subtotal)
            tax = try tax + lineTax
        }
        return (net, tax)
    }
}

extension Sale {
    /// The tax on a part of the shipping's price as the shop writes it: in it, where prices include tax.
    fileprivate func taxOnShipping(_ part: Money) -> Money {
        let whole = Int128(shipping.minorUnits) + (taxesIncluded ? Int128(shippingTax.minorUnits) : 0)
        guard whole > 0 else { return .zero(currency) }
        let tax = (2 * Int128(part.minorUnits) * Int128(shippingTax.minorUnits) + whole) / (2 * whole)
        return Money(minorUnits: Int64(clamping: tax), currency: currency)
    }
}
