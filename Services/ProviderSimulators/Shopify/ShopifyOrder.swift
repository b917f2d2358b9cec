import Foundation

/// One order of the shop with everything that hangs on it.
struct ShopifyOrder: Sendable {
    struct Transaction: Sendable {
        var id: Int
        var kind: String
        var gateway: String
        /// What the gateway names the payment by.
        var authorization: String? = nil
        var amount: Decimal
        var status: String
        var parentID: Int?
        var createdAt: Date
    }

    var id: Int
    var number: Int
    var money: ShopifyMoney
    var createdAt: Date
    var updatedAt: Date
    var closedAt: Date?
    var cancelledAt: Date?
    var cancelReason: String?
    /// The stored payment state, before refunds are taken into account.
    var paymentStatus: String
    var taxesIncluded: Bool
    var taxRate: Decimal
    /// Before its discount.
    var shipping: Decimal
    var shippingDiscount: Decimal
    /// On what was charged, in it where prices include tax.
    var shippingTax: Decimal
    var shippingTaxRate: Decimal
    var shippingLineID: Int
    /// In the terms of its price.
    var shippingRefunded: Decimal = 0
    var discountCode: String?
    var email: String?
    /// Any JSON, also what no shop would write.
    var customerLocale: JSON
    var phone: String?
    var note: String?
    var noteAttributes: [JSON] = []
    var tags: [String]
    var customer: JSON
    var shippingAddress: JSON
    var billingAddress: JSON
    var lines: [ShopifyLine]
    var transactions: [Transaction]
    var fulfillmentOrders: [ShopifyFulfillmentOrder] = []
    var fulfillments: [ShopifyFulfillment] = []
    var refunds: [ShopifyRefund] = []
    var disputes: [JSON] = []
    var restocked = false

    var name: String { "#\(number)" }
}

extension ShopifyOrder {
    var itemsTotal: Decimal { lines.reduce(0) { $0 + $1.gross } }
    var discountTotal: Decimal { lines.reduce(0) { $0 + $1.discount } }
    /// With those of shipping.
    var discountInAll: Decimal { discountTotal + shippingDiscount }
    var subtotal: Decimal { itemsTotal - discountTotal }
    var linesTax: Decimal { lines.reduce(0) { $0 + $1.tax } }
    var taxTotal: Decimal { linesTax + shippingTax }
    var total: Decimal { subtotal + shippingCharged + (taxesIncluded ? 0 : taxTotal) }

    var shippingCharged: Decimal { shipping - shippingDiscount }

    /// The tax that goes back with the next `amount` of shipping: the parts always add up to the whole.
    func shippingTax(with amount: Decimal) -> Decimal {
        shippingTax(upTo: shippingRefunded + amount) - shippingTax(upTo: shippingRefunded)
    }

    func shippingTax(upTo amount: Decimal) -> Decimal {
        shippingCharged == 0 ? 0 : money.rounded(shippingTax * amount / shippingCharged)
    }

    var captured: Decimal {
        transactions.filter { ["sale", "capture"].contains($0.kind) && $0.status == "success" }.reduce(0) {
            $0 + $1.amount
        }
    }

    var refundedMoney: Decimal {
        transactions.filter { $0.kind == "refund" && $0.status == "success" }.reduce(0) { $0 + $1.amount }
    }

    var financialStatus: String {
        guard refundedMoney > 0 else { return paymentStatus }
        return refundedMoney >= captured ? "refunded" : "partially_refunded"
    }

    var fulfillmentStatus: String? {
        if restocked { return "restocked" }
        guard lines.contains(where: { $0.fulfilled > 0 }) else { return nil }
        return lines.allSatisfy { $0.fulfillable == 0 } ? "fulfilled" : "partial"
    }

    /// Refunds that took money or may still take it.
    private var refundsInForce: [Transaction] {
        transactions.filter { $0.kind == "refund" && ["success", "pending"].contains($0.status) }
    }

    /// What may still be given back of all sales together.
    var refundableMoney: Decimal { refundsInForce.reduce(captured) { $0 - $1.amount } }

    /// What may still be given back on one sale.
    func refundable(_ sale: Transaction) -> Decimal {
        let left = refundsInForce.filter { $0.parentID == sale.id }.reduce(sale.amount) { $0 - $1.amount }
        return max(0, min(left, refundableMoney))
    }

    var sales: [Transaction] {
        transactions.filter { ["sale", "capture"].contains($0.kind) && $0.status == "success" }
    }
}
