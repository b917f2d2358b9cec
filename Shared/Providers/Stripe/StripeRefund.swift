import Commerce

/// A refund as Stripe has it. A success may become a failure days later.
public struct StripeRefund: Sendable, Equatable {
    public enum Status: Sendable, Equatable {
        case pending
        /// The customer has to give bank details; the refund can still be cancelled.
        case requiresAction
        case succeeded
        case failed
        case cancelled
        case unrecognized(String)
    }

    public let id: String
    public let status: Status
    /// Nil in a currency we do not know.
    public let amount: Money?
    public let chargeID: String?
    public let paymentIntentID: String?
    /// `lost_or_stolen_card`, `insufficient_funds`, …
    public let failureReason: String?
    public let pendingReason: String?
    public let metadata: [String: String]
    /// Seconds since 1970.
    public let createdAt: Int?
}

extension StripeRefund.Status {
    init(_ text: String) {
        switch text {
        case "pending": self = .pending
        case "requires_action": self = .requiresAction
        case "succeeded": self = .succeeded
        case "failed": self = .failed
        case "canceled": self = .cancelled
        default: self = .unrecognized(text)
        }
    }

    /// Where the money is, in our words; nil for a status we do not know. A cancelled refund has moved nothing.
    public var refundStatus: RefundStatus? {
        switch self {
        case .pending: .pending
        case .requiresAction: .requiresAction
        case .succeeded: .succeeded
        case .failed, .cancelled: .failed
        case .unrecognized: nil
        }
    }
}

extension StripeRefund: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, charge, metadata, created
        case paymentIntent = "payment_intent"
        case failureReason = "failure_reason"
        case pendingReason = "pending_reason"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        status = Status(try container.text(.status) ?? "")
        let currency = try container.text(.currency) ?? ""
        let count = try container.decodeIfPresent(Int64.self, forKey: .amount)
        amount = count.flatMap { StripeAmount.money($0, currency: currency) }
        chargeID = try container.decodeIfPresent(StripeReference.self, forKey: .charge)?.id
        paymentIntentID = try container.decodeIfPresent(StripeReference.self, forKey: .paymentIntent)?.id
        failureReason = try container.nonEmptyText(.failureReason)
        pendingReason = try container.nonEmptyText(.pendingReason)
        metadata = try container.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
        createdAt = try container.wholeNumber(.created)
    }
}

/// Another object: its id, or the whole of it where it was expanded.
struct StripeReference: Decodable {
    let id: String

    private enum CodingKeys: CodingKey { case id }

    init(from decoder: any Decoder) throws {
        if let id = try? decoder.singleValueContainer().decode(String.self) {
            self.id = id
        } else {
            id = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id)
        }
    }
}
