import Foundation

extension ShopifySimulator {
    /// `order(id:)`; null for an id that no order has.
    func orderNode(_ arguments: [String: JSON]) -> JSON {
        let id = ShopifyRefundInput.number(arguments["id"] ?? .null, "Order")
        guard let id, let order = orders[id] else { return .null }
        return [
            "id": .string("gid://shopify/Order/\(id)"), "name": .string(order.name),
            "transactions": .array(order.transactions.map { $0.graphQL(order) }),
            // All of them on one page, whatever size is asked for.
            "lineItems": [
                "nodes": .array(order.lines.map(lineNode)), "pageInfo": ["hasNextPage": false, "endCursor": nil],
            ],
        ]
    }

    private func lineNode(_ line: ShopifyLine) -> JSON {
        let isTracked = line.sku.flatMap { variants[$0]?.isTracked } ?? true
        return [
            "id": .string("gid://shopify/LineItem/\(line.id)"), "sku": .text(line.sku), "quantity": .int(line.quantity),
            "variant": [
                "id": .string("gid://shopify/ProductVariant/\(line.variantID)"), "sku": .text(line.sku),
                "title": .string(line.title),
                "inventoryItem": ShopifyVariant.item(line.variantID, isTracked: isTracked),
            ],
        ]
    }
}

extension ShopifyOrder.Transaction {
    /// As GraphQL writes it: amounts are strings, enumerations in capitals.
    func graphQL(_ order: ShopifyOrder) -> JSON {
        let parent = parentID.flatMap { id in order.transactions.first { $0.id == id } }
        return [
            "id": .string("gid://shopify/OrderTransaction/\(id)"), "kind": .string(kind.uppercased()),
            "status": .string(status.uppercased()), "gateway": .string(gateway),
            "authorizationCode": .text(authorization), "amountSet": order.money.bag(amount),
            "parentTransaction": parent.map { $0.graphQL(order) } ?? .null,
        ]
    }
}

extension ShopifyMoney {
    /// A `MoneyBag`.
    func bag(_ amount: Decimal) -> JSON {
        [
            "shopMoney": ["amount": plain(amount), "currencyCode": .string(ofShop.currency)],
            "presentmentMoney": ["amount": json(amount), "currencyCode": .string(currency)],
        ]
    }
}
