import Foundation

/// The endpoints of draft orders.
extension ShopifySimulator {
    // The provider's own bounds.
    private static let limitDefault = 50
    private static let limitMax = 250

    mutating func createDraftOrder(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json["draft_order"]
        guard let fields = body.object else {
            throw Refusal.shopify(400, "draft_order: Required parameter missing or invalid")
        }
        guard let entries = body["line_items"].array, !entries.isEmpty else {
            throw Refusal.shopify(field: "line_items", "Add at least 1 product")
        }
        let now = call.request.now
        let lines = try entries.map { try ShopifyDraftOrder.Line($0, variants) }
        let discount = try Self.discount(body["applied_discount"], lines)
        let tags = try ShopifyOrder.tags(body["tags"])
        let draft = ShopifyDraftOrder(
            id: ids.draftOrder.take(), number: ids.draftOrderNumber.take(), fields: fields, tags: tags, lines: lines,
            money: ShopifyMoney(currency: body["currency"].string ?? "USD"), discount: discount, taxRate: draftTaxRate,
            noteAttributes: .array(body["note_attributes"].array ?? []), createdAt: now, updatedAt: now)
        draftOrderIDs.append(draft.id)
        return save(draft, topic: "draft_orders/create", status: 201, now: now)
    }

    mutating func listDraftOrders(_ call: Call) throws -> SimulatedResponse {
        let page = try ShopifyPage(call.request)
        let status = page.filters["status"] ?? "open"
        guard ["open", "invoice_sent", "completed"].contains(status) else {
            throw Refusal.shopify(field: "status", "is invalid", status: 400)
        }
        let from = page.filters["updated_at_min"].flatMap { Timestamps.parse($0, zone: ShopifyOrder.zone) }
        guard (from == nil) == (page.filters["updated_at_min"] == nil) else {
            throw Refusal.shopify(field: "updated_at_min", "is not a date", status: 400)
        }
        let found = draftOrderIDs.compactMap { draftOrders[$0] }.filter { draft in
            draft.status == status && from.map { draft.updatedAt >= $0 } != false
        }
        let limit = min(call.request.query("limit").flatMap { Int($0) } ?? Self.limitDefault, Self.limitMax)
        let range = page.range(in: found.map(\.id), limit: limit)
        let response = SimulatedResponse.json(["draft_orders": .array(found[range].map { $0.json() })])
        let links = page.links(found.map(\.id), showing: range, limit: limit, request: call.request)
        return links.isEmpty ? response : response.adding("Link", links)
    }

    mutating func showDraftOrder(_ call: Call) throws -> SimulatedResponse {
        .json(["draft_order": try draftOrder(call).json()])
    }

    mutating func changeDraftOrder(_ call: Call) throws -> SimulatedResponse {
        var draft = try openDraftOrder(call)
        let changes = call.request.json["draft_order"]
        guard let fields = changes.object else {
            throw Refusal.shopify(400, "draft_order: Required parameter missing or invalid")
        }
        if let discount = fields["applied_discount"] { draft.discount = try Self.discount(discount, draft.lines) }
        if let notes = fields["note_attributes"] { draft.noteAttributes = .array(notes.array ?? []) }
        return save(draft, topic: "draft_orders/update", now: call.request.now)
    }

    /// `{"rate":"0.1"}`: what the shop adds to the price of the draft orders that are made from now on.
    mutating func setDraftTax(_ call: Call) throws -> SimulatedResponse {
        guard let rate = call.request.json["rate"].decimal, rate >= 0, rate < 1 else {
            throw Refusal(response: .problem(422, "rate must be a decimal from 0 to 1."))
        }
        draftTaxRate = rate
        return .json(["rate": .decimal(rate)])
    }

    mutating func sendDraftInvoice(_ call: Call) throws -> SimulatedResponse {
        var draft = try openDraftOrder(call)
        guard let email = draft.fields["email"]?.string, email.contains("@") else {
            throw Refusal.shopify(field: "to", "can't be blank")
        }
        draft.status = "invoice_sent"
        draft.invoiceSentAt = call.request.now
        _ = save(draft, topic: "draft_orders/update", now: call.request.now)
        let words = call.request.json["draft_order_invoice"]["custom_message"]
        return .json(
            [
                "draft_order_invoice": [
                    "to": .string(email), "from": "shop@example.com", "subject": .string("Complete your purchase"),
                    "custom_message": words, "bcc": [],
                ]
            ], status: 201)
    }

    mutating func completeDraftOrder(_ call: Call) throws -> SimulatedResponse {
        let draft = try openDraftOrder(call)
        let isPaid = call.request.query("payment_pending") != "true"
        return complete(draft, isPaid: isPaid, gateway: "manual", now: call.request.now)
    }

    mutating func deleteDraftOrder(_ call: Call) throws -> SimulatedResponse {
        let draft = try openDraftOrder(call)
        draftOrders[draft.id] = nil
        draftOrderIDs.removeAll { $0 == draft.id }
        return .json([:])
    }

    /// The customer pays the invoice.
    mutating func payDraftOrder(_ call: Call) throws -> SimulatedResponse {
        complete(try openDraftOrder(call), isPaid: true, gateway: "shopify_payments", now: call.request.now)
    }

    private mutating func complete(
        _ draft: ShopifyDraftOrder, isPaid: Bool, gateway: String, now: Date
    ) -> SimulatedResponse {
        guard let wanted = try? ShopifyOrderDraft(draft.order(isPaid: isPaid, gateway: gateway)) else {
            return .problem(500, "The draft order cannot become an order.")
        }
        var draft = draft
        draft.orderID = enter(wanted, now: now).id
        draft.status = "completed"
        draft.completedAt = now
        return save(draft, topic: "draft_orders/update", now: now)
    }

    mutating func save(
        _ draft: ShopifyDraftOrder, topic: String, status: Int = 200, now: Date
    ) -> SimulatedResponse {
        var draft = draft
        draft.updatedAt = now
        draftOrders[draft.id] = draft
        announce([(topic, draft.json())], now: now)
        return .json(["draft_order": draft.json()], status: status)
    }

    private func draftOrder(_ call: Call) throws -> ShopifyDraftOrder {
        guard let draft = call.id("id").flatMap({ draftOrders[$0] }) else { throw Refusal.shopifyNotFound }
        return draft
    }

    private func openDraftOrder(_ call: Call) throws -> ShopifyDraftOrder {
        let draft = try draftOrder(call)
        guard draft.status != "completed" else {
            throw Refusal.shopify(field: "status", "This order has been paid")
        }
        return draft
    }

    private static func discount(_ json: JSON, _ lines: [ShopifyDraftOrder.Line]) throws -> Decimal {
        guard !json.isNull else { return 0 }
        guard let value = json["value"].decimal, value >= 0 else {
            throw Refusal.shopify(field: "applied_discount", "value is not a number")
        }
        switch json["value_type"].string {
        case "fixed_amount": return value
        case "percentage" where value <= 100:
            let subtotal = lines.reduce(Decimal(0)) { $0 + $1.price * Decimal($1.quantity) }
            return (subtotal * value / 100).rounded(to: 2)
        default: throw Refusal.shopify(field: "applied_discount", "value_type is not included in the list")
        }
    }
}
