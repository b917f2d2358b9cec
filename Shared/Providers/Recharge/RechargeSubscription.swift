/// A subscription as Recharge has it.
public struct RechargeSubscription: Sendable, Equatable {
    public enum Status: Sendable, Equatable {
        case active, cancelled, expired
        case unrecognized(String)
    }

    public let id: String
    public let customerID: String?
    public let addressID: String?
    public let status: Status
    public let sku: String?
    public let productTitle: String?
    public let quantity: Int
    /// Of one unit.
    public let price: DecimalText?
    public let currency: String?
    /// `YYYY-MM-DD`; nil when nothing is planned.
    public let nextChargeDate: String?
    public let hasQueuedCharges: Bool
    public let isSkippable: Bool
    public let isSwappable: Bool
    public let cancelledAt: String?
    public let cancellationReason: String?
    public let cancellationComments: String?
}

extension RechargeSubscription: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, status, sku, quantity, price
        case customerID = "customer_id"
        case addressID = "address_id"
        case productTitle = "product_title"
        case currency = "presentment_currency"
        case nextChargeDate = "next_charge_scheduled_at"
        case hasQueuedCharges = "has_queued_charges"
        case isSkippable = "is_skippable"
        case isSwappable = "is_swappable"
        case cancelledAt = "cancelled_at"
        case cancellationReason = "cancellation_reason"
        case comments = "cancellation_reason_comments"
        case comment = "cancellation_reason_comment"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        customerID = try container.nonEmptyText(.customerID)
        addressID = try container.nonEmptyText(.addressID)
        status = Status(try container.text(.status) ?? "")
        sku = try container.nonEmptyText(.sku)
        productTitle = try container.nonEmptyText(.productTitle)
        quantity = try container.wholeNumber(.quantity) ?? 1
        price = try container.decodeIfPresent(DecimalText.self, forKey: .price)
        currency = try container.nonEmptyText(.currency)
        // WHY: older versions give a time after the date.
        nextChargeDate = try container.nonEmptyText(.nextChargeDate).map { String($0.prefix(10)) }
        hasQueuedCharges = try container.flag(.hasQueuedCharges) ?? false
        isSkippable = try container.flag(.isSkippable) ?? false
        isSwappable = try container.flag(.isSwappable) ?? false
        cancelledAt = try container.nonEmptyText(.cancelledAt)
        cancellationReason = try container.nonEmptyText(.cancellationReason)
        cancellationComments = try container.nonEmptyText(.comments) ?? container.nonEmptyText(.comment)
    }
}

extension RechargeSubscription.Status {
    /// Older API versions write them in capitals.
    init(_ text: String) {
        switch text.lowercased() {
        case "active": self = .active
        case "cancelled": self = .cancelled
        case "expired": self = .expired
        default: self = .unrecognized(text)
        }
    }
}

struct RechargeSubscriptionAnswer: Decodable {
    let subscription: RechargeSubscription
}

struct RechargeSubscriptionPage: RechargePage {
    let elements: [RechargeSubscription]
    let next: String?

    private enum CodingKeys: String, CodingKey {
        case elements = "subscriptions"
        case next = "next_cursor"
    }
}
