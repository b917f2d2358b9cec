import Foundation

extension ShopifyRefundRequest {
    /// What the shop suggests. Line amounts are strings here.
    func calculation(_ order: ShopifyOrder) -> JSON {
        let money = order.money
        return [
            "currency": .string(money.currency),
            "shipping": [
                "amount": money.json(shipping), "tax": money.json(shippingTax),
                "maximum_refundable": money.json(order.shippingCharged - order.shippingRefunded),
            ],
            "duties": [],
            "total_duties_set": money.set(0),
            "additional_fees": [],
            "return": nil,
            "refund_line_items": .array(lines.map { json($0, money) }),
            "transactions": .array(suggestions(order)),
        ]
    }

    private func json(_ line: Line, _ money: ShopifyMoney) -> JSON {
        [
            "quantity": .int(line.quantity),
            "line_item_id": .int(line.line.id),
            "location_id": line.locationID.map(JSON.int) ?? .null,
            "restock_type": .string(line.restockType),
            "price": money.json(line.line.price),
            "subtotal": money.json(line.subtotal),
            "total_tax": money.json(line.tax),
            "discounted_price": money.json(line.line.price),
            "discounted_total_price": money.json(line.line.price * Decimal(line.quantity)),
            "total_cart_discount_amount": money.json(
                line.line.refundShare(of: line.line.discount, units: line.quantity, money)),
        ]
    }

    private func suggestions(_ order: ShopifyOrder) -> [JSON] {
        var rest = worth(taxesIncluded: order.taxesIncluded)
        return order.sales.map { sale in
            let maximum = order.refundable(sale)
            let amount = min(rest, maximum)
            rest -= amount
            return [
                "order_id": .int(order.id), "kind": "suggested_refund", "gateway": .string(sale.gateway),
                "parent_id": .int(sale.id), "amount": order.money.json(amount),
                "currency": .string(order.money.currency), "maximum_refundable": order.money.json(maximum),
            ]
        }
    }
}
