/// The body of `POST /fulfillments.json`.
struct ShopifyFulfillmentRequest: Encodable {
    private struct Fulfillment: Encodable {
        let parts: [Part]
        let tracking: ShopifyTracking
        let notifyCustomer: Bool

        enum CodingKeys: String, CodingKey {
            case parts = "line_items_by_fulfillment_order"
            case tracking = "tracking_info"
            case notifyCustomer = "notify_customer"
        }
    }

    private struct Part: Encodable {
        let fulfillmentOrder: ShopifyID
        let lines: [Line]

        enum CodingKeys: String, CodingKey {
            case fulfillmentOrder = "fulfillment_order_id"
            case lines = "fulfillment_order_line_items"
        }
    }

    private struct Line: Encodable {
        let id: ShopifyID
        let quantity: Int
    }

    private let fulfillment: Fulfillment

    init(_ allocations: [ShopifyFulfillmentPlan.Allocation], _ package: ShopifyPackage) {
        let byOrder = Dictionary(grouping: allocations, by: \.fulfillmentOrder)
        let parts = byOrder.sorted { $0.key.text < $1.key.text }.map { order, lines in
            Part(fulfillmentOrder: order, lines: lines.map { Line(id: $0.line, quantity: $0.quantity) })
        }
        fulfillment = Fulfillment(
            parts: parts, tracking: package.tracking, notifyCustomer: package.notifyCustomer)
    }
}
