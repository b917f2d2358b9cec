import Commerce

/// The customs declaration of a parcel that crosses a border.
public struct ShipStationCustoms: Encodable, Sendable, Equatable {
    public struct Item: Encodable, Sendable, Equatable {
        public var description: String
        public var quantity: Int
        /// Of one unit.
        public var value: Money
        public var sku: String?
        public var harmonizedTariffCode: String?
        /// ISO 3166-1 alpha-2.
        public var countryOfOrigin: String?

        public init(
            description: String, quantity: Int, value: Money, sku: String? = nil, harmonizedTariffCode: String? = nil,
            countryOfOrigin: String? = nil
        ) {
            self.description = description
            self.quantity = quantity
            self.value = value
            self.sku = sku
            self.harmonizedTariffCode = harmonizedTariffCode
            self.countryOfOrigin = countryOfOrigin
        }

        private enum CodingKeys: String, CodingKey {
            case description, quantity, value, sku
            case valueCurrency = "value_currency"
            case harmonizedTariffCode = "harmonized_tariff_code"
            case countryOfOrigin = "country_of_origin"
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(description, forKey: .description)
            try container.encode(quantity, forKey: .quantity)
            try container.encode(DecimalText(value.decimalString), forKey: .value)
            try container.encode(value.currency.code, forKey: .valueCurrency)
            try container.encodeIfPresent(harmonizedTariffCode, forKey: .harmonizedTariffCode)
            try container.encodeIfPresent(countryOfOrigin, forKey: .countryOfOrigin)
            try container.encodeIfPresent(sku, forKey: .sku)
        }
    }

    public var contents: String
    public var nonDelivery: String
    public var items: [Item]

    /// Goods on their way back.
    public init(returned items: [Item]) {
        contents = "returned_goods"
        nonDelivery = "return_to_sender"
        self.items = items
    }

    private enum CodingKeys: String, CodingKey {
        case contents
        case nonDelivery = "non_delivery"
        case items = "customs_items"
    }
}
