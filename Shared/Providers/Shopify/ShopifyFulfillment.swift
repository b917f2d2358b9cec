/// A package that the shop knows has left.
public struct ShopifyFulfillment: Sendable, Equatable, Decodable {
    public struct Line: Sendable, Equatable, Decodable {
        /// The id of the order's line.
        public let id: ShopifyID
        public let quantity: Int
    }

    public let id: ShopifyID
    /// `pending`, `open`, `success`, `cancelled`, `error`, `failure`, or something newer.
    public let status: String
    public let trackingNumbers: [String]
    public let trackingCompany: String?
    /// Empty when the shop does not list them.
    public let lines: [Line]

    /// Whether it stands: it was not cancelled and did not fail.
    public var isInForce: Bool { !["cancelled", "error", "failure"].contains(status) }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case trackingNumber = "tracking_number"
        case trackingNumbers = "tracking_numbers"
        case trackingCompany = "tracking_company"
        case lines = "line_items"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ShopifyID.self, forKey: .id)
        status = try container.text(.status) ?? ""
        let numbers: [String] = try container.list(.trackingNumbers)
        trackingNumbers = numbers.isEmpty ? [try container.nonEmptyText(.trackingNumber)].compactMap { $0 } : numbers
        trackingCompany = try container.nonEmptyText(.trackingCompany)
        lines = try container.list(.lines)
    }
}
