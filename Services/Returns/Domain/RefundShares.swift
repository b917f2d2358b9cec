import Commerce
import Providers

/// What a refund made in the shop was for, shared out over its payments in proportion.
struct RefundShares {
    /// Minor units; goods and shipping without their taxes.
    struct Share: Sendable, Equatable {
        var amount, goods, tax, shipping, shippingTax: Int64
    }

    let all: [Share]

    /// - Parameter amounts: of its movements, in minor units of the sale's currency.
    ///
    /// Failure: `MoneyError` where the shop's amounts are none in the order's currency.
    init(of refund: ShopifyRefund, over amounts: [Int64], _ sale: Sale) throws {
        guard amounts.contains(where: { $0 > 0 }) else {
            all = amounts.map { Share(amount: $0, goods: 0, tax: 0, shipping: 0, shippingTax: 0) }
            return
        }
        var (goods, tax) = (Money.zero(sale.currency), Money.zero(sale.currency))
        for line in refund.lines ?? [] {
            let subtotal = try Money(sale.told(line.subtotal, line.presentmentSubtotal), sale.currency)
            let lineTax = try Money(sale.told(line.tax, line.presentmentTax), sale.currency)
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
            net = try net - Money(sale.told(adjustment.amount, adjustment.presentmentAmount), sale.currency)
            tax = try tax - Money(sale.told(adjustment.tax, adjustment.presentmentTax), sale.currency)
        }
        // WHY: versions from 2024-10 on tell of it here, some of them in the adjustments as well.
        guard adjustments.isEmpty else { return (net, tax) }
        for line in refund.shippingLines ?? [] {
            let subtotal = try Money(sale.told(line.subtotal, line.presentmentSubtotal), sale.currency)
            let told = sale.told(line.tax, line.presentmentTax)
            let lineTax = try told.map { try Money($0, sale.currency) } ?? sale.taxOnShipping(subtotal)
            net = try net + (sale.taxesIncluded ? subtotal - lineTax : subtotal)
            tax = try tax + lineTax
        }
        return (net, tax)
    }
}

extension Sale {
    /// Which of the two currencies of an amount the sale is kept in.
    fileprivate func told(_ ofShop: DecimalText?, _ presentment: DecimalText?) -> DecimalText? {
        isForeign ? presentment : ofShop
    }

    /// The tax on a part of the shipping's price as the shop writes it: in it, where prices include tax.
    fileprivate func taxOnShipping(_ part: Money) -> Money {
        let whole = Int128(shipping.minorUnits) + (taxesIncluded ? Int128(shippingTax.minorUnits) : 0)
        guard whole > 0 else { return .zero(currency) }
        let tax = (2 * Int128(part.minorUnits) * Int128(shippingTax.minorUnits) + whole) / (2 * whole)
        return Money(minorUnits: Int64(clamping: tax), currency: currency)
    }
}
