/// The body of `POST /batches`.
struct DCLBatchRequest: Encodable {
    /// An order with what the account's settings say about every order.
    private struct Order: Encodable {
        let draft: DCLOrderDraft
        let settings: DCLSettings

        enum CodingKeys: String, CodingKey {
            case accountNumber = "account_number"
            case freightAccount = "freight_account"
            case shippingCarrier = "shipping_carrier"
            case shippingService = "shipping_service"
            case systemID = "system_id"
            case orderStatus = "order_status"
        }

        func encode(to encoder: any Encoder) throws {
            try draft.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(settings.accountNumber, forKey: .accountNumber)
            try container.encode(settings.freightAccount, forKey: .freightAccount)
            try container.encode(settings.shippingCarrier, forKey: .shippingCarrier)
            try container.encode(settings.shippingService, forKey: .shippingService)
            try container.encode("P", forKey: .systemID)
            try container.encode(1, forKey: .orderStatus)
        }
    }

    private let allowPartial: Bool
    private let location: String
    private let orders: [Order]

    private enum CodingKeys: String, CodingKey {
        case location, orders
        case allowPartial = "allow_partial"
    }

    init(_ drafts: [DCLOrderDraft], allowPartial: Bool, settings: DCLSettings) {
        self.allowPartial = allowPartial
        location = settings.location
        orders = drafts.map { Order(draft: $0, settings: settings) }
    }
}
