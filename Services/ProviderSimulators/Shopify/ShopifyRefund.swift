import Foundation

/// Money given back, lines taken back, or both.
struct ShopifyRefund: Sendable {
    struct Line: Sendable {
        var id: Int
        var orderLineID: Int
        var quantity: Int
        var restockType: String
        var locationID: Int?
        var subtotal: Decimal
        var tax: Decimal
    }

    struct Adjustment: Sendable {
        var kind: String
        /// Without the tax.
        var amount: Decimal
        var tax: Decimal = 0
    }

    var id: Int
    var createdAt: Date
    var note: String?
    var lines: [Line]
    var transactionIDs: [Int]
    var adjustments: [Adjustment]

    func json(_ order: ShopifyOrder) -> JSON {
        let transactions = order.transactions.filter { transactionIDs.contains($0.id) }
        return [
            "id": .int(id),
            "admin_graphql_api_id": .string("gid://shopify/Refund/\(id)"),
            "order_id": .int(order.id),
            "created_at": ShopifyOrder.moment(createdAt),
            "processed_at": ShopifyOrder.moment(createdAt),
            "note": .text(note),
            "user_id": nil,
            "restock": .bool(lines.contains { $0.restockType != "no_restock" }),
            "refund_line_items": .array(lines.map { json($0, order) }),
            "transactions": .array(transactions.map { $0.json(order) }),
            "order_adjustments": .array(adjustments.enumerated().map { json($0.element, $0.offset, order) }),
        ]
    }

    /// A stored refund writes line amounts as numbers, unlike everything else of the shop.
    private func json(_ line: Line, _ order: ShopifyOrder) -> JSON {
        let bought = order.lines.first { $0.id == line.orderLineID }
        return [
            "id": .int(line.id),
            "line_item_id": .int(line.orderLineID),
            "quantity": .int(line.quantity),
            "location_id": line.locationID.map(JSON.int) ?? .null,
            "restock_type": .string(line.restockType),
            "subtotal": .decimal(order.money.inShop(line.subtotal)),
            "total_tax": .decimal(order.money.inShop(line.tax)),
            "subtotal_set": order.money.set(line.subtotal),
            "total_tax_set": order.money.set(line.tax),
            "line_item": bought?.json(order.money, cancelledOrder: order.cancelledAt != nil) ?? .null,
        ]
    }

    private func json(_ adjustment: Adjustment, _ index: Int, _ order: ShopifyOrder) -> JSON {
        [
            "id": .int(id * 10 + index), "order_id": .int(order.id), "refund_id": .int(id),
            "amount": order.money.plain(adjustment.amount), "tax_amount": order.money.plain(adjustment.tax),
            "amount_set": order.money.set(adjustment.amount), "tax_amount_set": order.money.set(adjustment.tax),
            "kind": .string(adjustment.kind),
            "reason": adjustment.kind == "shipping_refund" ? "Shipping refund" : "Refund discrepancy",
        ]
    }
}
