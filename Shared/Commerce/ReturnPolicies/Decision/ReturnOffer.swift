/// What a customer may choose from, and what goes with it.
public struct ReturnOffer: Hashable, Sendable {
    public var methods: [ReturnMethod]
    public var resolutions: [ReturnResolution]
    public var destination: String?
    public var processingEvent: ProcessingEvent
    public var exchangeDeliveryMethod: String?
    public var storeCreditIncentive: ReturnBonus?
    public var shopNowBonus: ReturnBonus?
    public var shopNowDiscountPercent: ReturnPercent?
    public var locksExchangePrice: Bool
}

extension ReturnOffer: Codable {
    enum CodingKeys: String, CodingKey {
        case methods, resolutions, destination
        case processingEvent = "processing_event"
        case exchangeDeliveryMethod = "exchange_delivery_method"
        case storeCreditIncentive = "store_credit_incentive"
        case shopNowBonus = "shop_now_bonus"
        case shopNowDiscountPercent = "shop_now_discount_percent"
        case locksExchangePrice = "locks_exchange_price"
    }
}

/// As `{"percent":"10"}` or `{"amount":"5.00"}`.
extension ReturnBonus: Codable {
    public init(from decoder: any Decoder) throws {
        var readings = PolicyReadings()
        let bonus = PolicyCodec<ReturnBonus>.bonus.read(try PolicyJSON(from: decoder), &readings)
        guard let bonus else { throw ReturnPolicyRefusal(problems: readings.problems) }
        self = bonus
    }

    public func encode(to encoder: any Encoder) throws {
        try PolicyCodec<ReturnBonus>.bonus.write(self).encode(to: encoder)
    }
}

/// Whether a refund may be paid without anybody looking at it.
public struct InstantRefundDecision: Hashable, Sendable, Codable {
    public enum Status: String, Hashable, Sendable, CaseIterable, Codable {
        case allowed
        case notAllowed = "not_allowed"
        /// It depends on the grade or the match, which are not known yet.
        case awaitingInspection = "awaiting_inspection"
    }

    public let status: Status
    /// The id of a rule, or the path of a setting.
    public let rule: String
}
