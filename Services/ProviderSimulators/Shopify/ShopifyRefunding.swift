import Foundation

/// Giving money back. REST has no idempotency key: the same request twice refunds twice.
extension ShopifySimulator {
    mutating func listRefunds(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        return .json(["refunds": .array(order.refunds.map { $0.json(order) })])
    }

    mutating func calculateRefund(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        try order.money.requireCurrency(call.request.json["refund"]["currency"])
        let request = try ShopifyRefundRequest(call.request.json["refund"], for: order)
        return .json(["refund": request.calculation(order)])
    }

    mutating func createRefund(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        try order.money.requireCurrency(call.request.json["refund"]["currency"])
        // Store credit is a matter of GraphQL; REST does not know the field.
        let body = (call.request.json["refund"].object ?? JSONObject()).without(["store_credits"])
        try refund(&order, .object(body), now: call.request.now)
        return try stored(order, call)
    }

    /// A refund that somebody makes in the shop: an amount, the lines it is for where `refund_line_items` names them, and
    /// `shipping`, which says what of it is shipping.
    mutating func createRefundByHand(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        guard let amount = call.request.json["amount"].decimal, amount > 0 else {
            throw Refusal.shopify(field: "amount", "must be a positive amount")
        }
        try refundByHand(
            &order, amount: amount, lines: call.request.json["refund_line_items"].array ?? [],
            shipping: call.request.json["shipping"], note: call.request.json["note"].string, now: call.request.now)
        return try stored(order, call)
    }

    /// Checks the whole request, then changes the order. Nothing is stored.
    mutating func refund(_ order: inout ShopifyOrder, _ body: JSON, now: Date) throws {
        let request = try ShopifyRefundRequest(body, for: order)
        let payments = try ShopifyRefundPayment.all(body, of: order)
        let paid = payments.reduce(Decimal(0)) { $0 + $1.amount }
        let discrepancy = request.worth(taxesIncluded: order.taxesIncluded) - paid
        var adjustments: [ShopifyRefund.Adjustment] = []
        if request.shipping > 0 {
            let net = request.shipping - (order.taxesIncluded ? request.shippingTax : 0)
            adjustments.append(.init(kind: "shipping_refund", amount: -net, tax: -request.shippingTax))
        }
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

    mutating func refundByHand(
        _ order: inout ShopifyOrder, amount: Decimal, lines: [JSON] = [], shipping: JSON = .null, note: String?,
        now: Date
    ) throws {
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
        guard rest == 0 else { throw Refusal.tooMuch(amount, amount - rest, order.money) }
        try refund(
            &order,
            [
                "note": .text(note), "refund_line_items": .array(lines), "shipping": shipping,
                "transactions": .array(transactions),
            ], now: now)
    }

    private mutating func stored(_ order: ShopifyOrder, _ call: Call) throws -> SimulatedResponse {
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        guard let refund = saved.refunds.last else { throw Refusal.shopifyNotFound }
        announceRefund(refund, of: saved, now: call.request.now)
        return .json(["refund": refund.json(saved)], status: 201)
    }

    private mutating func storedLine(_ line: ShopifyRefundRequest.Line) -> ShopifyRefund.Line {
        .init(
            id: ids.refundLine.take(), orderLineID: line.line.id, quantity: line.quantity,
            restockType: line.restockType, locationID: line.locationID, subtotal: line.subtotal, tax: line.tax)
    }
}

extension ShopifyMoney {
    /// A refund is in the currency that the customer paid in, and has to say so where that is not the shop's.
    func requireCurrency(_ asked: JSON) throws {
        guard asked.string ?? (shop == nil ? currency : "") == currency else {
            throw Refusal.shopify(field: "currency", "must be the presentment currency of the order, \(currency)")
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
