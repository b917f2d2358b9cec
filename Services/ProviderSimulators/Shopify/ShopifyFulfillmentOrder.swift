import Foundation

/// The shop's request to ship some lines from one location.
struct ShopifyFulfillmentOrder: Sendable {
    struct Line: Sendable {
        var id: Int
        var orderLineID: Int
        var variantID: Int
        var quantity: Int
        var fulfillable: Int
    }

    static let locationID = 24_826_418

    var id: Int
    var status = "open"
    var lines: [Line]
    var createdAt: Date
    var updatedAt: Date

    var canBeFulfilled: Bool { status == "open" }

    /// Closed once nothing is left to ship.
    mutating func settle(now: Date) {
        updatedAt = now
        if canBeFulfilled, lines.allSatisfy({ $0.fulfillable == 0 }) { status = "closed" }
    }

    func json(_ order: ShopifyOrder) -> JSON {
        [
            "id": .int(id),
            "shop_id": 548_380_009,
            "order_id": .int(order.id),
            "assigned_location_id": .int(Self.locationID),
            "request_status": "unsubmitted",
            "status": .string(status),
            "supported_actions": canBeFulfilled ? ["create_fulfillment"] : [],
            "destination": destination(order),
            "line_items": .array(lines.map(json)),
            "fulfill_at": nil,
            "fulfill_by": nil,
            "international_duties": nil,
            "fulfillment_holds": [],
            "delivery_method": nil,
            "merchant_requests": [],
            "assigned_location": [
                "location_id": .int(Self.locationID), "name": "DCL Fremont", "country_code": "US", "address1": nil,
                "address2": nil, "city": nil, "province": nil, "zip": nil, "phone": nil,
            ],
            "created_at": ShopifyOrder.moment(createdAt),
            "updated_at": ShopifyOrder.moment(updatedAt),
        ]
    }

    private func json(_ line: Line) -> JSON {
        [
            "id": .int(line.id), "shop_id": 548_380_009, "fulfillment_order_id": .int(id),
            "quantity": .int(line.quantity), "line_item_id": .int(line.orderLineID),
            "inventory_item_id": .int(line.variantID), "fulfillable_quantity": .int(line.fulfillable),
            "variant_id": .int(line.variantID),
        ]
    }

    private func destination(_ order: ShopifyOrder) -> JSON {
        guard let address = order.shippingAddress.object else { return .null }
        let names = [
            "first_name", "last_name", "address1", "address2", "city", "province", "zip", "country", "phone", "company",
        ]
        var destination = JSONObject([("id", .int(id - 16))])
        for name in names { destination[name] = address[name] ?? .null }
        destination["email"] = .text(order.email)
        return .object(destination)
    }
}

extension ShopifySimulator {
    mutating func listFulfillmentOrders(_ call: Call) throws -> SimulatedResponse {
        let order = try order(call.id("id"))
        return .json(["fulfillment_orders": .array(order.fulfillmentOrders.map { $0.json(order) })])
    }

    mutating func showFulfillmentOrder(_ call: Call) throws -> SimulatedResponse {
        let id = call.id("id")
        let order = try order(id.flatMap { orderOfFulfillmentOrder[$0] })
        guard let found = order.fulfillmentOrders.first(where: { $0.id == id }) else { throw Refusal.shopifyNotFound }
        return .json(["fulfillment_order": found.json(order)])
    }

    /// Opens a fulfillment order for the given units of each order line.
    mutating func openFulfillmentOrder(
        _ order: inout ShopifyOrder, units: [(line: ShopifyLine, quantity: Int)], now: Date
    ) {
        let lines = units.filter { $0.quantity > 0 }.map { unit in
            ShopifyFulfillmentOrder.Line(
                id: ids.fulfillmentOrderLine.take(), orderLineID: unit.line.id, variantID: unit.line.variantID,
                quantity: unit.quantity, fulfillable: unit.quantity)
        }
        guard !lines.isEmpty else { return }
        let opened = ShopifyFulfillmentOrder(
            id: ids.fulfillmentOrder.take(), lines: lines, createdAt: now, updatedAt: now)
        order.fulfillmentOrders.append(opened)
        orderOfFulfillmentOrder[opened.id] = order.id
    }
}
