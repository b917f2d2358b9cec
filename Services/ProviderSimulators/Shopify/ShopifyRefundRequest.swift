import Foundation

/// A refund as it is asked for, checked against the order.
struct ShopifyRefundRequest: Sendable {
    struct Line: Sendable {
        var line: ShopifyLine
        var quantity: Int
        var restockType: String
        var locationID: Int?
        var subtotal: Decimal
        var tax: Decimal
    }

    var lines: [Line]
    /// In the terms of its price.
    var shipping: Decimal
    /// What goes back with it, in it where prices include tax.
    var shippingTax: Decimal

    init(_ body: JSON, for order: ShopifyOrder) throws {
        lines = try (body["refund_line_items"].array ?? []).map { try Self.line($0, order) }
        guard Set(lines.map(\.line.id)).count == lines.count else {
            throw Refusal.shopify(field: "refund_line_items", "must not name a line item twice")
        }
        shipping = try Self.shipping(body["shipping"], order)
        shippingTax = order.shippingTax(with: shipping)
    }

    /// What the lines and the shipping are worth; a price that includes tax already has it.
    func worth(taxesIncluded: Bool) -> Decimal {
        lines.reduce(shipping + (taxesIncluded ? 0 : shippingTax)) { $0 + $1.subtotal + (taxesIncluded ? 0 : $1.tax) }
    }

    private static func line(_ json: JSON, _ order: ShopifyOrder) throws -> Line {
        let id = json["line_item_id"].scalarText.flatMap { Int($0) }
        guard let line = order.lines.first(where: { $0.id == id }) else {
            throw Refusal.shopify(field: "refund_line_items", "line item \(id ?? 0) does not exist")
        }
        guard let quantity = json["quantity"].int, quantity > 0, line.refunded + quantity <= line.quantity else {
            throw Refusal.shopify(
                field: "refund_line_items.quantity", "cannot refund more items than were purchased")
        }
        let restock = try restockType(json, line, quantity)
        return Line(
            line: line, quantity: quantity, restockType: restock,
            locationID: json["location_id"].scalarText.flatMap { Int($0) },
            subtotal: line.refundShare(of: line.net, units: quantity, order.money),
            tax: line.refundShare(of: line.tax, units: quantity, order.money))
    }

    private static func restockType(_ json: JSON, _ line: ShopifyLine, _ quantity: Int) throws -> String {
        let type = json["restock_type"].string ?? "no_restock"
        guard ["no_restock", "cancel", "return"].contains(type) else {
            throw Refusal.shopify(field: "refund_line_items.restock_type", "is not included in the list")
        }
        if type != "no_restock", json["location_id"].isNull {
            throw Refusal.shopify(field: "refund_line_items.location_id", "is required to restock")
        }
        if type == "cancel", quantity > line.fulfillable {
            throw Refusal.shopify(field: "refund_line_items.restock_type", "cannot cancel items that are fulfilled")
        }
        if type == "return", quantity > line.fulfilled {
            throw Refusal.shopify(field: "refund_line_items.restock_type", "cannot return items that are not fulfilled")
        }
        return type
    }

    private static func shipping(_ json: JSON, _ order: ShopifyOrder) throws -> Decimal {
        let maximum = order.shippingCharged - order.shippingRefunded
        if json["full_refund"].bool == true { return maximum }
        guard !json["amount"].isNull else { return 0 }
        guard let amount = json["amount"].decimal, amount >= 0, amount <= maximum else {
            throw Refusal.shopify(
                field: "shipping", "Refund amount must be less than or equal to \(order.money.text(maximum))")
        }
        return order.money.rounded(amount)
    }
}
