/// What the warehouse posts when something happened to an order or a return.
public struct DCLNotification: Sendable, Equatable, Decodable {
    /// Equal on each retry.
    public let eventID: String?
    /// `shipped`, `delivered`, `stage`, `return`, or something newer.
    public let event: String?
    public let orderNumber: String?
    /// Of a return, which has no order number here.
    public let returnNumber: String?
    public let trackingNumber: String?
    public let occurredAt: String?

    private enum CodingKeys: String, CodingKey {
        case event
        case eventID = "event_id"
        case orderNumber = "order_number"
        case returnNumber = "rma_number"
        case trackingNumber = "tracking_number"
        case occurredAt = "occurred_at"
    }

    /// Failure: `DecodingError` for a body that is no JSON object of texts.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(DCLNotification.self, from: json)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        eventID = try container.nonEmptyText(.eventID)
        event = try container.nonEmptyText(.event)
        orderNumber = try container.nonEmptyText(.orderNumber)
        returnNumber = try container.nonEmptyText(.returnNumber)
        trackingNumber = try container.nonEmptyText(.trackingNumber)
        occurredAt = try container.nonEmptyText(.occurredAt)
    }
}
