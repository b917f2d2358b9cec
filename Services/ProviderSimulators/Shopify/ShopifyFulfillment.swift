import Foundation

/// One parcel's worth of shipped lines.
struct ShopifyFulfillment: Sendable {
    struct Unit: Sendable {
        var fulfillmentOrderID: Int
        var fulfillmentOrderLineID: Int
        var orderLineID: Int
        var quantity: Int
    }

    struct Tracking: Sendable {
        var company: String?
        var numbers: [String] = []
        var urls: [String] = []
    }

    var id: Int
    /// Its place among the fulfillments of the order, from 1.
    var number: Int
    var status = "success"
    var units: [Unit]
    var tracking: Tracking
    var createdAt: Date
    var updatedAt: Date

    func json(_ order: ShopifyOrder) -> JSON {
        [
            "id": .int(id),
            "admin_graphql_api_id": .string("gid://shopify/Fulfillment/\(id)"),
            "order_id": .int(order.id),
            "status": .string(status),
            "service": "manual",
            "created_at": ShopifyOrder.moment(createdAt),
            "updated_at": ShopifyOrder.moment(updatedAt),
            "tracking_company": .text(tracking.company),
            "tracking_number": .text(tracking.numbers.first),
            "tracking_numbers": .array(tracking.numbers.map(JSON.string)),
            "tracking_url": .text(tracking.urls.first),
            "tracking_urls": .array(tracking.urls.map(JSON.string)),
            "shipment_status": nil,
            "location_id": .int(ShopifyFulfillmentOrder.locationID),
            "origin_address": [:],
            "receipt": [:],
            "name": .string("\(order.name).\(number)"),
            "line_items": .array(units.compactMap { json($0, order) }),
        ]
    }

    /// The order's line with the quantity that is in this fulfillment.
    private func json(_ unit: Unit, _ order: ShopifyOrder) -> JSON? {
        guard let line = order.lines.first(where: { $0.id == unit.orderLineID }),
            var object = line.json(order.money, cancelledOrder: order.cancelledAt != nil).object
        else { return nil }
        object["quantity"] = .int(unit.quantity)
        return .object(object)
    }
}

extension ShopifyFulfillment.Tracking {
    /// Reads `tracking_info`. Where the company is left out the shop infers it from the number.
    init(_ info: JSON) {
        let numbers = info["numbers"].array?.compactMap(\.scalarText) ?? [info["number"].scalarText].compactMap { $0 }
        let urls = info["urls"].array?.compactMap(\.string) ?? [info["url"].string].compactMap { $0 }
        let company = info["company"].string ?? numbers.first.flatMap(Self.carrier)
        self.init(company: company, numbers: numbers, urls: urls.isEmpty ? Self.urls(company, numbers) : urls)
    }

    private static func carrier(of number: String) -> String? { number.hasPrefix("1Z") ? "UPS" : nil }

    /// Only the carriers whose exact name the shop knows get a URL of their own.
    private static func urls(_ company: String?, _ numbers: [String]) -> [String] {
        let prefix: String? =
            switch company {
            case "UPS": "https://www.ups.com/track?tracknum="
            case "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels="
            case "FedEx": "https://www.fedex.com/fedextrack/?trknbr="
            default: nil
            }
        return prefix.map { prefix in numbers.map { prefix + $0 } } ?? []
    }
}
