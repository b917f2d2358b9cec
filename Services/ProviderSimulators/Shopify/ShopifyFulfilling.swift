import Foundation

/// Shipping: parcels are made from fulfillment orders, never from order lines directly.
extension ShopifySimulator {
    mutating func listFulfillments(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        return .json(["fulfillments": .array(order.fulfillments.map { $0.json(order) })])
    }

    mutating func createFulfillment(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json["fulfillment"]
        guard let requested = body["line_items_by_fulfillment_order"].array, !requested.isEmpty else {
            throw Refusal.shopify(400, "line_items_by_fulfillment_order: Required parameter missing or invalid")
        }
        var order = try orderOfAll(requested)
        let units = try requested.flatMap { try Self.units($0, of: order) }
        let now = call.request.now
        let fulfillment = ShopifyFulfillment(
            id: ids.fulfillment.take(), number: order.fulfillments.count + 1, units: units,
            tracking: .init(body["tracking_info"]), createdAt: now, updatedAt: now)
        order.ship(fulfillment, now: now)
        orderOfFulfillment[fulfillment.id] = order.id
        save(order, now: now)
        announceShipping(fulfillment, of: try self.order(order.id), now: now)
        return .json(["fulfillment": fulfillment.json(order)], status: 201)
    }

    mutating func updateTracking(_ call: Call) throws -> SimulatedResponse {
        try changeFulfillment(call, topic: "fulfillments/update") { fulfillment, _ in
            guard fulfillment.status == "success" else {
                throw Refusal.shopify(list: "Fulfillment \(fulfillment.id) is cancelled")
            }
            fulfillment.tracking = .init(call.request.json["fulfillment"]["tracking_info"])
        }
    }

    /// Cancelling a parcel gives its units back as a fulfillment order of their own.
    mutating func cancelFulfillment(_ call: Call) throws -> SimulatedResponse {
        let response = try changeFulfillment(call, topic: "fulfillments/update") { fulfillment, order in
            guard fulfillment.status == "success" else {
                throw Refusal.shopify(list: "Fulfillment \(fulfillment.id) is already cancelled")
            }
            fulfillment.status = "cancelled"
            order.takeBack(fulfillment.units)
        }
        var order = try order(call.id("id").flatMap { orderOfFulfillment[$0] })
        let units = order.fulfillments.first { $0.id == call.id("id") }?.units ?? []
        let reopened = units.compactMap { unit in
            order.lines.first { $0.id == unit.orderLineID }.map { (line: $0, quantity: unit.quantity) }
        }
        openFulfillmentOrder(&order, units: reopened, now: call.request.now)
        save(order, now: call.request.now)
        return response
    }

    private mutating func changeFulfillment(
        _ call: Call, topic: String, _ change: (inout ShopifyFulfillment, inout ShopifyOrder) throws -> Void
    ) throws -> SimulatedResponse {
        var order = try order(call.id("id").flatMap { orderOfFulfillment[$0] })
        guard let index = order.fulfillments.firstIndex(where: { $0.id == call.id("id") }) else {
            throw Refusal.shopifyNotFound
        }
        var fulfillment = order.fulfillments[index]
        try change(&fulfillment, &order)
        fulfillment.updatedAt = call.request.now
        order.fulfillments[index] = fulfillment
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        announce([(topic, fulfillment.json(saved)), ("orders/updated", saved.json())], now: call.request.now)
        return .json(["fulfillment": fulfillment.json(saved)])
    }

    private mutating func announceShipping(_ fulfillment: ShopifyFulfillment, of order: ShopifyOrder, now: Date) {
        let topic = order.fulfillmentStatus == "fulfilled" ? "orders/fulfilled" : "orders/partially_fulfilled"
        announce(
            [
                ("fulfillments/create", fulfillment.json(order)), ("orders/updated", order.json()),
                (topic, order.json()),
            ],
            now: now)
    }

    /// The one order that all requested fulfillment orders belong to.
    private func orderOfAll(_ requested: [JSON]) throws -> ShopifyOrder {
        let orderIDs = try Set(
            requested.map { entry in
                guard let id = entry["fulfillment_order_id"].scalarText.flatMap({ Int($0) }),
                    let orderID = orderOfFulfillmentOrder[id]
                else { throw Refusal.shopifyNotFound }
                return orderID
            })
        guard orderIDs.count == 1, let only = orderIDs.first else {
            throw Refusal.shopify(list: "All fulfillment orders must belong to the same order.")
        }
        return try order(only)
    }

    /// What one entry of the request ships; everything that is left when it names no lines.
    private static func units(_ entry: JSON, of order: ShopifyOrder) throws -> [ShopifyFulfillment.Unit] {
        let id = entry["fulfillment_order_id"].scalarText.flatMap { Int($0) }
        guard let source = order.fulfillmentOrders.first(where: { $0.id == id }) else { throw Refusal.shopifyNotFound }
        guard source.canBeFulfilled else {
            throw Refusal.shopify(list: "Fulfillment order \(source.id) has an unfulfillable status= \(source.status)")
        }
        guard let lines = entry["fulfillment_order_line_items"].array, !lines.isEmpty else {
            return source.lines.filter { $0.fulfillable > 0 }.map { unit($0, $0.fulfillable, source) }
        }
        guard Set(lines.map { $0["id"].scalarText }).count == lines.count else {
            throw Refusal.shopify(list: "Fulfillment order line items must be unique")
        }
        return try lines.map { try unit($0, source) }
    }

    private static func unit(_ json: JSON, _ source: ShopifyFulfillmentOrder) throws -> ShopifyFulfillment.Unit {
        let id = json["id"].scalarText.flatMap { Int($0) }
        guard let line = source.lines.first(where: { $0.id == id }) else {
            throw Refusal.shopify(
                list: "Fulfillment order line item \(id ?? 0) does not exist in fulfillment order \(source.id)")
        }
        guard let quantity = json["quantity"].int, quantity > 0, quantity <= line.fulfillable else {
            throw Refusal.shopify(list: "Invalid fulfillment order line item quantity requested.")
        }
        return unit(line, quantity, source)
    }

    private static func unit(
        _ line: ShopifyFulfillmentOrder.Line, _ quantity: Int, _ source: ShopifyFulfillmentOrder
    ) -> ShopifyFulfillment.Unit {
        .init(
            fulfillmentOrderID: source.id, fulfillmentOrderLineID: line.id, orderLineID: line.orderLineID,
            quantity: quantity)
    }
}

extension ShopifyOrder {
    /// Adds a parcel and takes its units from the fulfillment orders and the lines.
    fileprivate mutating func ship(_ fulfillment: ShopifyFulfillment, now: Date) {
        fulfillments.append(fulfillment)
        for unit in fulfillment.units {
            guard let source = fulfillmentOrders.firstIndex(where: { $0.id == unit.fulfillmentOrderID }),
                let part = fulfillmentOrders[source].lines.firstIndex(where: { $0.id == unit.fulfillmentOrderLineID }),
                let line = lines.firstIndex(where: { $0.id == unit.orderLineID })
            else { continue }
            fulfillmentOrders[source].lines[part].fulfillable -= unit.quantity
            lines[line].fulfilled += unit.quantity
            fulfillmentOrders[source].settle(now: now)
        }
    }

    fileprivate mutating func takeBack(_ units: [ShopifyFulfillment.Unit]) {
        for unit in units {
            guard let line = lines.firstIndex(where: { $0.id == unit.orderLineID }) else { continue }
            lines[line].fulfilled -= unit.quantity
        }
    }
}
