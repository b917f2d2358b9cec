import Foundation

/// Money that was or will be taken for a customer's subscriptions.
struct RechargeCharge: Sendable {
    enum Status: String, Sendable {
        case queued, skipped, success, refunded
        case partiallyRefunded = "partially_refunded"
    }

    let id: Int
    let customerID: Int
    let email: String
    let addressID: Int
    /// A plain date.
    let scheduledAt: String
    let currency: String
    var items: [RechargeSubscription]
    var status = Status.queued
    var refunded: Decimal = 0
    var processedAt: Date?
    /// The shop's order of it.
    var orderID: String?

    var total: Decimal { items.map { $0.price * Decimal($0.quantity) }.reduce(0, +) }

    func json() -> JSON {
        [
            "id": .int(id), "address_id": .int(addressID),
            "customer": ["id": .int(customerID), "email": .string(email)], "status": .string(status.rawValue),
            "type": "recurring", "scheduled_at": .string(scheduledAt),
            "processed_at": .text(processedAt.map { Timestamps.offset($0, in: RechargeSubscription.zone) }),
            "total_price": .string(total.fixed(2)), "subtotal_price": .string(total.fixed(2)), "total_tax": "0.00",
            "total_refunds": .string(refunded.fixed(2)), "currency": .string(currency),
            "line_items": .array(items.map(Self.line)), "external_order_id": ["ecommerce": .text(orderID)],
            "error": nil, "error_type": nil, "retry_date": nil, "charge_attempts": processedAt == nil ? 0 : 1,
        ]
    }

    private static func line(_ item: RechargeSubscription) -> JSON {
        let total = item.price * Decimal(item.quantity)
        return [
            "purchase_item_id": .int(item.id), "purchase_item_type": "subscription",
            "external_variant_id": ["ecommerce": .string(item.variantID)], "sku": .string(item.sku),
            "quantity": .int(item.quantity), "unit_price": .string(item.price.fixed(2)),
            "total_price": .string(total.fixed(2)), "tax_due": "0.00",
        ]
    }
}
