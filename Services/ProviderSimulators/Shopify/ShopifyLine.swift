import Foundation

/// One line of an order.
struct ShopifyLine: Sendable {
    var id: Int
    var productID: Int
    var variantID: Int
    var sku: String?
    var title: String
    var variantTitle: String?
    var quantity: Int
    var price: Decimal
    /// This line's share of the order's discount.
    var discount: Decimal
    var tax: Decimal
    var taxRate: Decimal
    var requiresShipping: Bool
    var giftCard: Bool
    var properties: JSON

    var fulfilled = 0
    /// Taken back before it was shipped.
    var cancelled = 0
    /// Units for which money was given back or that were taken back.
    var refunded = 0

    var fulfillable: Int { max(0, quantity - fulfilled - cancelled) }
    var gross: Decimal { price * Decimal(quantity) }
    var net: Decimal { gross - discount }

    var fulfillmentStatus: JSON {
        guard fulfilled > 0 else { return .null }
        return fulfillable == 0 ? "fulfilled" : "partial"
    }

    /// The part of `amount` that belongs to the first `units`: parts of a line always add up to the line.
    func share(of amount: Decimal, firstUnits units: Int, _ money: ShopifyMoney) -> Decimal {
        guard quantity > 0 else { return 0 }
        return money.rounded(amount * Decimal(units) / Decimal(quantity))
    }

    /// What the next `units` to be refunded are worth of `amount`.
    func refundShare(of amount: Decimal, units: Int, _ money: ShopifyMoney) -> Decimal {
        share(of: amount, firstUnits: refunded + units, money) - share(of: amount, firstUnits: refunded, money)
    }
}

extension ShopifyLine {
    func json(_ money: ShopifyMoney, cancelledOrder: Bool) -> JSON {
        [
            "id": .int(id),
            "admin_graphql_api_id": .string("gid://shopify/LineItem/\(id)"),
            "variant_id": .int(variantID),
            "product_id": .int(productID),
            "sku": .text(sku),
            "title": .string(title),
            "variant_title": .text(variantTitle),
            "name": .string(variantTitle.map { "\(title) - \($0)" } ?? title),
            "vendor": "Mienne",
            "quantity": .int(quantity),
            "current_quantity": .int(quantity - refunded),
            "fulfillable_quantity": .int(cancelledOrder ? 0 : fulfillable),
            "fulfillment_status": fulfillmentStatus,
            "fulfillment_service": "manual",
            "price": money.plain(price),
            "price_set": money.set(price),
            "total_discount": money.plain(0),
            "grams": 200,
            "requires_shipping": .bool(requiresShipping),
            "taxable": true,
            "gift_card": .bool(giftCard),
            "product_exists": true,
            "variant_inventory_management": "shopify",
            "properties": properties,
            "duties": [],
            "discount_allocations": discount == 0
                ? []
                : [
                    [
                        "amount": money.plain(discount), "amount_set": money.set(discount),
                        "discount_application_index": 0,
                    ]
                ],
            "tax_lines": taxLines(money),
        ]
    }

    private func taxLines(_ money: ShopifyMoney) -> JSON {
        guard taxRate != 0 else { return [] }
        return [
            [
                "title": "Sales Tax", "price": money.plain(tax), "rate": .decimal(taxRate), "price_set": money.set(tax),
                "channel_liable": false,
            ]
        ]
    }
}
