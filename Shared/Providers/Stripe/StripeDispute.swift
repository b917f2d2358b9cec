import Commerce

/// A payment that a customer's bank takes back.
public struct StripeDispute: Sendable, Equatable {
    public let id: String
    public let chargeID: String?
    public let paymentIntentID: String?
    /// Nil in a currency we do not know.
    public let amount: Money?
    /// `fraudulent`, `product_not_received`, …
    public let reason: String?
    /// `needs_response`, `under_review`, `won`, `lost`, …
    public let status: String

    public var isOver: Bool { status == "won" || status == "lost" || status == "warning_closed" }
}

extension StripeDispute: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, charge, amount, currency, reason, status
        case paymentIntent = "payment_intent"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        chargeID = try container.decodeIfPresent(StripeReference.self, forKey: .charge)?.id
        paymentIntentID = try container.decodeIfPresent(StripeReference.self, forKey: .paymentIntent)?.id
        let currency = try container.text(.currency) ?? ""
        let count = try container.decodeIfPresent(Int64.self, forKey: .amount)
        amount = count.flatMap { StripeAmount.money($0, currency: currency) }
        reason = try container.nonEmptyText(.reason)
        status = try container.text(.status) ?? ""
    }
}
