import Foundation

/// What happens in the shop itself: customers buy, staff edit, banks dispute.
extension ShopifySimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<ShopifySimulator>([
        Route("POST", "orders") { try $0.placeOrder($1) },
        Route("GET", "orders/{id}") { .json(try $0.order($1.id("id")).json()) },
        Route("PATCH", "orders/{id}") { try $0.editOrder($1) },
        Route("POST", "orders/{id}/webhooks") { try $0.sendAgain($1) },
        Route("POST", "orders/{id}/refunds") { try $0.createRefundByHand($1) },
        Route("POST", "orders/{id}/disputes") { try $0.disputeOrder($1) },
        Route("POST", "disputes/{id}/{verdict}") { try $0.decideDispute($1) },
        Route("POST", "refunds/outcome") { try $0.setRefundOutcome($1) },
        Route("POST", "refunds/{id}/fail") { try $0.failRefund($1) },
        Route("POST", "refunds/{id}/succeed") { try $0.succeedRefund($1) },
        Route("POST", "draft-orders/tax") { try $0.setDraftTax($1) },
        Route("POST", "draft-orders/reservations") { try $0.setReservationRefusal($1) },
        Route("POST", "draft-orders/{id}/pay") { try $0.payDraftOrder($1) },
        Route("POST", "variants") { try $0.setUpVariant($1) },
    ])

    private mutating func placeOrder(_ call: Call) throws -> SimulatedResponse {
        .json(enter(try ShopifyOrderDraft(call.request.json), now: call.request.now).json(), status: 201)
    }

    /// Enters an order and announces it where the draft says so.
    mutating func enter(_ draft: ShopifyOrderDraft, now: Date) -> ShopifyOrder {
        var order = newOrder(draft, now: now)
        openFulfillmentOrder(&order, units: order.lines.map { (line: $0, quantity: $0.fulfillable) }, now: now)
        orders[order.id] = order
        orderIDs.append(order.id)
        for line in order.ofShop.lines { learnPrice(of: line) }
        if draft.sendsWebhooks {
            let topics = order.financialStatus == "paid" ? ["orders/create", "orders/paid"] : ["orders/create"]
            announce(topics, of: order, now: now)
        }
        return order
    }

    private mutating func newOrder(_ draft: ShopifyOrderDraft, now: Date) -> ShopifyOrder {
        var order = ShopifyOrder(
            id: ids.order.take(), number: ids.orderNumber.take(), money: draft.money, createdAt: now, updatedAt: now,
            paymentStatus: draft.financialStatus, taxesIncluded: draft.taxesIncluded, taxRate: draft.taxRate,
            shipping: draft.shipping, shippingDiscount: draft.shippingDiscount, shippingTax: draft.shippingTax,
            shippingTaxRate: draft.shippingTaxRate,
            shippingLineID: draft.shippingAddress.isNull ? 0 : ids.shippingLine.take(),
            discountCode: draft.discount + draft.shippingDiscount > 0
                ? draft.json["discount_code"].string ?? "DISCOUNT" : nil,
            email: draft.email, customerLocale: draft.customerLocale, phone: draft.json["phone"].string,
            note: draft.json["note"].string,
            noteAttributes: draft.json["note_attributes"].array ?? [],
            tags: (try? ShopifyOrder.tags(draft.json["tags"])) ?? [], customer: customer(draft),
            shippingAddress: draft.shippingAddress,
            billingAddress: draft.json["billing_address"].isNull
                ? draft.shippingAddress : ShopifyOrderDraft.address(draft.json["billing_address"]),
            lines: draft.pricedLines(&ids), transactions: [])
        order.transactions = payments(draft, total: order.total, now: now)
        return order
    }

    private mutating func customer(_ draft: ShopifyOrderDraft) -> JSON {
        if let given = draft.json["customer"].object {
            return .object(JSONObject([("id", .int(ids.customer.take()))]).merging(given))
        }
        return [
            "id": .int(ids.customer.take()), "email": .text(draft.email),
            "first_name": draft.shippingAddress["first_name"], "last_name": draft.shippingAddress["last_name"],
            "phone": .null, "tags": "",
        ]
    }

    /// Paid in one go unless the draft names its tenders; nothing is paid while it is pending.
    private mutating func payments(_ draft: ShopifyOrderDraft, total: Decimal, now: Date) -> [ShopifyOrder.Transaction]
    {
        let isPaid = !["pending", "authorized", "voided"].contains(draft.financialStatus)
        let usual =
            isPaid || draft.financialStatus == "authorized"
            ? [ShopifyOrderDraft.Tender(gateway: "shopify_payments", amount: total)] : []
        return (draft.transactions ?? usual).map { tender in
            .init(
                id: ids.transaction.take(), kind: draft.financialStatus == "authorized" ? "authorization" : "sale",
                gateway: tender.gateway, authorization: tender.authorization, amount: tender.amount, status: "success",
                parentID: nil, createdAt: now)
        }
    }

    /// Staff change the order: what the API may write, and SKU and quantity of lines.
    private mutating func editOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        let changes = call.request.json
        try order.apply(changes)
        if changes.object?["shipping_address"]?.isNull == true { order.shippingAddress = .null }
        if order.shippingAddress.object != nil {
            order.shippingAddress = ShopifyOrderDraft.address(order.shippingAddress)
        }
        if let currency = changes["currency"].string { order.money = ShopifyMoney(currency: currency) }
        for change in changes["line_items"].array ?? [] { try order.editLine(change) }
        let unplanned = order.lines.filter { line in
            !order.fulfillmentOrders.contains { source in source.lines.contains { $0.orderLineID == line.id } }
        }
        openFulfillmentOrder(
            &order, units: unplanned.map { (line: $0, quantity: $0.fulfillable) }, now: call.request.now)
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        announce(["orders/updated"], of: saved, now: call.request.now)
        return .json(saved.json())
    }

    /// Sends a topic again as a new delivery, with the payload that is given or the order as it is now.
    private mutating func sendAgain(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        guard let topic = call.request.json["topic"].string else {
            throw Refusal(response: .problem(422, "topic names the webhook to send."))
        }
        let payload = call.request.json["payload"]
        announce([(topic, payload.isNull ? order.json() : payload)], now: call.request.now)
        return .json(["topic": .string(topic)], status: 202)
    }
}

extension ShopifyOrder {
    /// Changes one line, named by its id or its present SKU.
    fileprivate mutating func editLine(_ change: JSON) throws {
        let id = change["id"].int
        let index = lines.firstIndex { line in
            id.map { line.id == $0 } ?? (line.sku == change["replaces_sku"].string) || (lines.count == 1 && id == nil)
        }
        guard let index else {
            throw Refusal(response: .problem(422, "line_items.id must name a line of the order."))
        }
        if let sku = change["sku"].string { lines[index].sku = sku }
        guard let quantity = change["quantity"].int else { return }
        lines[index].quantity = quantity
        lines[index].tax = money.rounded(
            taxesIncluded ? lines[index].net * taxRate / (1 + taxRate) : lines[index].net * taxRate)
        setUnshipped(lines[index])
    }

    private mutating func setUnshipped(_ line: ShopifyLine) {
        for source in fulfillmentOrders.indices where fulfillmentOrders[source].canBeFulfilled {
            for part in fulfillmentOrders[source].lines.indices
            where fulfillmentOrders[source].lines[part].orderLineID == line.id {
                fulfillmentOrders[source].lines[part].quantity = max(0, line.quantity)
                fulfillmentOrders[source].lines[part].fulfillable = line.fulfillable
            }
        }
    }
}
