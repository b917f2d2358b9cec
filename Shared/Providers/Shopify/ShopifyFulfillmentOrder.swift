/// What one location is to ship of an order.
public struct ShopifyFulfillmentOrder: Sendable, Equatable, Decodable {
    public struct Line: Sendable, Equatable, Decodable {
        /// The id of the fulfilment-order line, which is what a fulfilment names.
        public let id: ShopifyID
        /// The id of the order's line.
        public let lineItemID: ShopifyID
        public let quantity: Int
        /// Units not yet fulfilled.
        public let fulfillableQuantity: Int

        private enum CodingKeys: String, CodingKey {
            case id, quantity
            case lineItemID = "line_item_id"
            case fulfillableQuantity = "fulfillable_quantity"
        }
    }

    public let id: ShopifyID
    /// `open`, `in_progress`, `scheduled`, `on_hold`, `incomplete`, `cancelled`, `closed`, or something newer.
    public let status: String
    public let assignedLocationID: ShopifyID?
    public let lines: [Line]

    /// Whether a fulfilment may be created for it.
    public var isOpen: Bool { status == "open" || status == "in_progress" }

    /// Whether no unit of it was ever fulfilled. What is taken back opens another one, and this stays closed.
    var isUntouched: Bool {
        ["open", "scheduled", "on_hold"].contains(status)
            && lines.allSatisfy { $0.fulfillableQuantity == $0.quantity }
    }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case assignedLocationID = "assigned_location_id"
        case lines = "line_items"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ShopifyID.self, forKey: .id)
        status = try container.text(.status) ?? ""
        assignedLocationID = try container.decodeIfPresent(ShopifyID.self, forKey: .assignedLocationID)
        lines = try container.list(.lines)
    }
}
