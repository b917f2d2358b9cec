import Commerce

/// What one service would cost.
public struct ShipStationRate: Sendable, Equatable, Decodable {
    public let id: String
    public let carrierID: String
    public let carrierCode: String?
    public let serviceCode: String
    /// The service's name for people.
    public let serviceName: String?
    public let deliveryDays: Int?
    /// Shipping, insurance, confirmation, other and tax together; nil when they are not of one currency.
    public let price: Money?
    public let errors: [String]

    private enum CodingKeys: String, CodingKey {
        case id = "rate_id"
        case carrierID = "carrier_id"
        case carrierCode = "carrier_code"
        case serviceCode = "service_code"
        case serviceName = "service_type"
        case deliveryDays = "delivery_days"
        case shipping = "shipping_amount"
        case insurance = "insurance_amount"
        case confirmation = "confirmation_amount"
        case other = "other_amount"
        case tax = "tax_amount"
        case errors = "error_messages"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.text(.id) ?? ""
        carrierID = try container.text(.carrierID) ?? ""
        carrierCode = try container.nonEmptyText(.carrierCode)
        serviceCode = try container.text(.serviceCode) ?? ""
        serviceName = try container.nonEmptyText(.serviceName)
        deliveryDays = try container.wholeNumber(.deliveryDays)
        errors = try container.list(.errors)
        let parts: [CodingKeys] = [.shipping, .insurance, .confirmation, .other, .tax]
        price = Self.sum(try parts.compactMap { try container.decodeIfPresent(ShipStationAmount.self, forKey: $0) })
    }

    private static func sum(_ parts: [ShipStationAmount]) -> Money? {
        let amounts = parts.compactMap(\.money)
        guard amounts.count == parts.count, let first = amounts.first else { return nil }
        return try? Money.sum(amounts, in: first.currency)
    }
}
