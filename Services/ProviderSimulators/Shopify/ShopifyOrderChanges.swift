import Foundation

/// Changes of an order through the API.
extension ShopifySimulator {
    mutating func showOrder(_ call: Call) throws -> SimulatedResponse {
        let object = try order(call.id("id")).json().object ?? JSONObject()
        return .json(["order": .object(object.selecting(Self.fields(call)))])
    }

    /// `PUT`: what is given replaces what was there, tags as one string included.
    mutating func updateOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        let changes = call.request.json["order"]
        guard changes.object != nil else { throw Refusal.shopify(400, "order: Required parameter missing or invalid") }
        try order.apply(changes)
        save(order, now: call.request.now)
        return try announced(["orders/updated"], order.id, call)
    }

    mutating func cancelOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        let body = call.request.json
        let reason = body["reason"].string ?? "other"
        guard ["customer", "inventory", "fraud", "declined", "other"].contains(reason) else {
            throw Refusal.shopify(field: "reason", "is not included in the list")
        }
        guard order.cancelledAt == nil else { throw Refusal.shopify(error: "Order has already been cancelled") }
        guard !order.fulfillments.contains(where: { $0.status == "success" }) else {
            throw Refusal.shopify(error: "Cannot cancel a paid and fulfilled order")
        }
        try refundOnCancel(&order, body, now: call.request.now)
        order.cancel(reason: reason, restock: body["restock"].bool ?? false, now: call.request.now)
        save(order, now: call.request.now)
        let answer = try announced(["orders/updated", "orders/cancelled"], order.id, call)
        guard case .json(let document) = answer.body else { return answer }
        return .json(["order": document["order"], "notice": "Order has been canceled"])
    }

    mutating func closeOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        order.closedAt = order.closedAt ?? call.request.now
        save(order, now: call.request.now)
        return try announced(["orders/updated"], order.id, call)
    }

    mutating func openOrder(_ call: Call) throws -> SimulatedResponse {
        var order = try order(call.id("id"))
        order.closedAt = nil
        save(order, now: call.request.now)
        return try announced(["orders/updated"], order.id, call)
    }

    mutating func listTransactions(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        return .json(["transactions": .array(order.transactions.map { $0.json(order) })])
    }

    private mutating func refundOnCancel(_ order: inout ShopifyOrder, _ body: JSON, now: Date) throws {
        if body["refund"].object != nil {
            try refund(&order, body["refund"], now: now)
        } else if let amount = body["amount"].decimal {
            try refundByHand(&order, amount: amount, note: nil, now: now)
        }
    }

    private mutating func announced(_ topics: [String], _ id: Int, _ call: Call) throws -> SimulatedResponse {
        let order = try order(id)
        announce(topics, of: order, now: call.request.now)
        return .json(["order": order.json()])
    }

    static func fields(_ call: Call) -> [String]? {
        call.request.query("fields")?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

extension ShopifyOrder {
    /// Applies the fields that may be written; the others are ignored, as the shop does.
    mutating func apply(_ changes: JSON) throws {
        let object = changes.object ?? JSONObject()
        if let tags = object["tags"] { self.tags = try Self.tags(tags) }
        if let note = object["note"] { self.note = note.string }
        if let email = object["email"] { self.email = email.string }
        if let phone = object["phone"] { self.phone = phone.string }
        if let attributes = object["note_attributes"] { noteAttributes = try Self.attributes(attributes) }
        if let address = object["shipping_address"]?.object {
            shippingAddress = .object((shippingAddress.object ?? JSONObject()).merging(address))
        }
    }

    mutating func cancel(reason: String, restock: Bool, now: Date) {
        cancelledAt = now
        cancelReason = reason
        restocked = restock
        if paymentStatus == "authorized" || paymentStatus == "pending" { paymentStatus = "voided" }
        for index in fulfillmentOrders.indices where fulfillmentOrders[index].canBeFulfilled {
            fulfillmentOrders[index].status = "cancelled"
            fulfillmentOrders[index].updatedAt = now
        }
    }

    /// Tags are a set without regard to case, written as one string.
    static func tags(_ json: JSON) throws -> [String] {
        let names: [String]
        switch json {
        case .null: names = []
        case .string(let text): names = text.split(separator: ",").map(String.init)
        case .array(let elements): names = elements.compactMap(\.string)
        case .bool, .number, .object: throw Refusal.shopify(field: "tags", "is invalid")
        }
        return names.map { $0.trimmingCharacters(in: .whitespaces) }.reduce(into: []) { tags, name in
            guard !name.isEmpty, !tags.contains(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) else {
                return
            }
            tags.append(name)
        }
    }

    /// A list of name and value, or an object of them.
    private static func attributes(_ json: JSON) throws -> [JSON] {
        if let object = json.object { return object.members.map { ["name": .string($0.key), "value": $0.value] } }
        guard let entries = json.array, entries.allSatisfy({ $0["name"].string != nil }) else {
            throw Refusal.shopify(field: "note_attributes", "is invalid")
        }
        return entries.map { ["name": $0["name"], "value": $0["value"]] }
    }
}
