import Foundation

/// Giving money back. REST has no idempotency key: the same request twice refunds twice.
extension ShopifySimulator {
    mutating func listRefunds(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        return .json(["refunds": .array(order.refunds.map { $0.json(order) })])
    }

    mutating func calculateRefund(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        let request = try ShopifyRefundRequest(call.request.json["refund"], for: order)
        return .json(["refund": request.calculation(order)])
    }

    mutating func createRefund(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        try refund(&order, call.request.json["refund"], now: call.request.now)
        return try stored(order, call)
    }

    /// A refund that somebody makes in the shop, without lines.
    mutating func createRefundByHand(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        guard let amount = call.request.json["amount"].decimal, amount > 0 else {
            throw Refusal.shopify(field: "amount", "must be a positive amount")
        }
        try refundByHand(&order, amount: amount, note: call.request.json["note"].string, now: call.request.now)
        return try stored(order, call)
    }

    /// The payment provider takes back its word: the money never left.
    mutating func failRefund(_ call: Call) throws -> SimulatedResponse {
        let id = call.id("id")
        var order = try order(id.flatMap { orderOfRefund[$0] })
        guard let refund = order.refunds.first(where: { $0.id == id }) else { throw Refusal.shopifyNotFound }
        for index in order.transactions.indices where refund.transactionIDs.contains(order.transactions[index].id) {
            order.transactions[index].status = "failure"
        }
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        announce(["orders/updated"], of: saved, now: call.request.now)
        return .json(["refund": refund.json(saved)])
    }

    /// Checks the whole request, then changes the order. Nothing is stored.
    mutating func refund(_ order: inout ShopifyOrder, _ body: JSON, now: Date) throws {
        let request = try ShopifyRefundRequest(body, for: order)
        let payments = try Self.payments(body["transactions"].array ?? [], of: order)
        let paid = payments.reduce(Decimal(0)) { $0 + $1.amount }
        let discrepancy = request.worth(taxesIncluded: order.taxesIncluded) - paid
        var adjustments: [ShopifyRefund.Adjustment] = []
        if request.shipping > 0 { adjustments.append(.init(kind: "shipping_refund", amount: -request.shipping)) }
        if !payments.isEmpty, discrepancy != 0 {
            adjustments.append(.init(kind: "refund_discrepancy", amount: discrepancy))
        }
        let lines = request.lines.map { storedLine($0) }
        let refund = ShopifyRefund(
            id: ids.refund.take(), createdAt: now, note: body["note"].string, lines: lines,
            transactionIDs: pay(payments, in: &order, now: now), adjustments: adjustments)
        orderOfRefund[refund.id] = order.id
        order.take(refund, shipping: request.shipping, now: now)
    }

    mutating func refundByHand(_ order: inout ShopifyOrder, amount: Decimal, note: String?, now: Date) throws {
        var rest = amount
        var transactions: [JSON] = []
        for sale in order.sales where rest > 0 {
            let part = min(rest, order.refundable(sale))
            guard part > 0 else { continue }
            rest -= part
            transactions.append([
                "parent_id": .int(sale.id), "amount": order.money.json(part), "kind": "refund",
                "gateway": .string(sale.gateway),
            ])
        }
        guard rest == 0 else { throw Self.tooMuch(amount, amount - rest, order) }
        try refund(&order, ["note": .text(note), "transactions": .array(transactions)], now: now)
    }

    private mutating func stored(_ order: ShopifyOrder, _ call: Call) throws -> SimulatedResponse {
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        guard let refund = saved.refunds.last else { throw Refusal.shopifyNotFound }
        announce(
            [("refunds/create", refund.json(saved)), ("orders/updated", saved.json())], now: call.request.now)
        return .json(["refund": refund.json(saved)], status: 201)
    }

    private mutating func storedLine(_ line: ShopifyRefundRequest.Line) -> ShopifyRefund.Line {
        .init(
            id: ids.refundLine.take(), orderLineID: line.line.id, quantity: line.quantity,
            restockType: line.restockType, locationID: line.locationID, subtotal: line.subtotal, tax: line.tax)
    }

    private mutating func pay(
        _ payments: [(sale: ShopifyOrder.Transaction, amount: Decimal)], in order: inout ShopifyOrder, now: Date
    ) -> [Int] {
        payments.map { payment in
            let id = ids.transaction.take()
            order.transactions.append(
                .init(
                    id: id, kind: "refund", gateway: payment.sale.gateway, amount: payment.amount, status: "success",
                    parentID: payment.sale.id, createdAt: now))
            return id
        }
    }

    /// The payments to make; together they may not exceed what is left on each sale.
    private static func payments(
        _ transactions: [JSON], of order: ShopifyOrder
    ) throws -> [(sale: ShopifyOrder.Transaction, amount: Decimal)] {
        var left = Dictionary(order.sales.map { ($0.id, order.refundable($0)) }, uniquingKeysWith: { $1 })
        return try transactions.map { transaction in
            guard transaction["kind"].string == "refund" else {
                throw Refusal.shopify(field: "transactions", "kind must be refund")
            }
            let parent = transaction["parent_id"].scalarText.flatMap { Int($0) }
            guard let sale = order.sales.first(where: { $0.id == parent }), let rest = left[sale.id] else {
                throw Refusal.shopify(field: "transactions", "parent_id is not a sale of this order")
            }
            guard let amount = transaction["amount"].decimal, amount > 0 else {
                throw Refusal.shopify(field: "transactions", "amount must be greater than zero")
            }
            guard amount <= rest else { throw tooMuch(amount, rest, order) }
            left[sale.id] = rest - amount
            return (sale, order.money.rounded(amount))
        }
    }

    private static func tooMuch(_ amount: Decimal, _ rest: Decimal, _ order: ShopifyOrder) -> Refusal {
        .shopify(
            field: "base",
            "Refund amount \(order.money.text(amount)) is greater than the refundable amount \(order.money.text(rest))")
    }
}

extension ShopifyRefundRequest {
    /// What the shop suggests. Line amounts are strings here.
    fileprivate func calculation(_ order: ShopifyOrder) -> JSON {
        let money = order.money
        return [
            "currency": .string(money.currency),
            "shipping": [
                "amount": money.json(shipping), "tax": money.json(0),
                "maximum_refundable": money.json(order.shipping - order.shippingRefunded),
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

extension ShopifyOrder {
    /// Books the refund's lines and shipping.
    fileprivate mutating func take(_ refund: ShopifyRefund, shipping: Decimal, now: Date) {
        refunds.append(refund)
        shippingRefunded += shipping
        for part in refund.lines {
            guard let index = lines.firstIndex(where: { $0.id == part.orderLineID }) else { continue }
            lines[index].refunded += part.quantity
            guard part.restockType == "cancel" else { continue }
            lines[index].cancelled += part.quantity
            withdraw(part.quantity, ofLine: part.orderLineID, now: now)
        }
    }

    /// Takes units out of the open fulfillment orders.
    private mutating func withdraw(_ quantity: Int, ofLine id: Int, now: Date) {
        var rest = quantity
        for source in fulfillmentOrders.indices where fulfillmentOrders[source].canBeFulfilled {
            for index in fulfillmentOrders[source].lines.indices
            where fulfillmentOrders[source].lines[index].orderLineID == id {
                let taken = min(rest, fulfillmentOrders[source].lines[index].fulfillable)
                fulfillmentOrders[source].lines[index].fulfillable -= taken
                rest -= taken
            }
            fulfillmentOrders[source].settle(now: now)
        }
    }
}
