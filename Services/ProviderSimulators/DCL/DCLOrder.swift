import Foundation

/// One order of the warehouse.
struct DCLOrder: Sendable {
    struct Line: Sendable {
        var item: String
        var quantity: Int
        var json: JSONObject
        var shipped = 0

        var open: Int { quantity - shipped }
    }

    struct Item: Sendable {
        var item: String
        var quantity: Int
    }

    struct Package: Sendable {
        var cartonID: String
        var trackingNumber: String
        var carrier: String?
        var items: [Item]
        var deliveredAt: Date?
    }

    struct Shipment: Sendable {
        var shippedAt: Date
        var packages: [Package]
    }

    static let zone = TimeZone(identifier: "America/Los_Angeles") ?? .gmt

    var number: String
    var location: String
    var stage: DCLStage
    /// The order as it was sent, without its lines.
    var fields: JSONObject
    var lines: [Line]
    var shipments: [Shipment] = []
    var receivedAt: Date
    var modifiedAt: Date

    var isFullyShipped: Bool { lines.allSatisfy { $0.open <= 0 } }
    var isOpen: Bool { !stage.isFinal }
    var status: Int { fields["order_status"]?.int ?? 1 }
}

extension DCLOrder {
    /// `extended` writes the moment instead of the day.
    func json(extended: Bool = true) -> JSON {
        let given = [
            "account_number", "order_type", "system_id", "ordered_date", "po_number", "customer_number",
            "freight_account", "consignee_number", "shipping_carrier", "shipping_service", "shipping_address",
            "billing_address", "international_code", "order_subtotal", "shipping_handling", "sales_tax",
            "international_handling", "total_due", "amount_paid", "net_due_currency", "comments",
            "shipping_instructions", "custom_field1", "custom_field2", "custom_field3", "custom_field4",
            "custom_field5",
        ]
        var object = JSONObject([
            ("order_number", .string(number)),
            ("order_status", .int(status)),
            ("order_stage", .int(stage.rawValue)),
            ("stage_description", .string(stage.description)),
            ("is_cancelled", .bool(stage == .cancelled)),
            ("is_back_order", false),
            ("location", .string(location)),
        ])
        for name in given { object[name] = fields[name] ?? .null }
        object["received_date"] = moment(receivedAt, extended)
        object["modified_at"] = .string(Timestamps.offset(modifiedAt, in: Self.zone))
        object["lines"] = .array(lines.map { .object($0.json) })
        // The warehouse writes null where there is nothing, never an empty list.
        object["shipments"] = shipments.isEmpty ? .null : .array(shipments.map { json($0, extended) })
        return .object(object)
    }

    private func moment(_ date: Date, _ extended: Bool) -> JSON {
        .string(extended ? Timestamps.local(date, in: Self.zone) : Timestamps.day(date, in: Self.zone))
    }

    private func json(_ shipment: Shipment, _ extended: Bool) -> JSON {
        var address = fields["shipping_address"]?.object ?? JSONObject()
        address["country"] = address["country_code"] ?? .null
        return [
            "ship_date": moment(shipment.shippedAt, extended),
            "shipping_carrier": shipment.packages.first?.carrier.map(JSON.string) ?? fields["shipping_carrier"]
                ?? .null,
            "shipping_service": fields["shipping_service"] ?? .null,
            "shipping_address": .object(address),
            "packages": .array(shipment.packages.map(json)),
            "shipped_lines": nil,
        ]
    }

    private func json(_ package: Package) -> JSON {
        let items = package.items.map { item -> JSON in
            let line = lines.first { $0.item == item.item }
            return [
                "item_number": .string(item.item), "description": line?.json["description"] ?? .null,
                "quantity": .int(item.quantity), "serial_numbers": [], "lot_number": nil,
            ]
        }
        return [
            "carton_id": .string(package.cartonID), "tracking_number": .string(package.trackingNumber),
            "shipped_items": .array(items),
        ]
    }
}
