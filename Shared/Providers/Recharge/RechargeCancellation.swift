/// Why a subscription is cancelled.
public struct RechargeCancellation: Encodable, Sendable, Equatable {
    /// Required by Recharge; what its reports group by.
    public var reason: String
    /// Tells our cancellation from another's, so name its cause: `RMA 01HV7Z`. At most 1,024 characters.
    public var comments: String
    /// Whether Recharge mails the customer; nil for what the settings say.
    public var sendEmail: Bool?

    public init(reason: String, comments: String, sendEmail: Bool? = nil) {
        self.reason = reason
        self.comments = comments
        self.sendEmail = sendEmail
    }

    // LIMIT: Recharge's own bound.
    static let commentsMax = 1024

    private enum CodingKeys: String, CodingKey {
        case reason = "cancellation_reason"
        case comments = "cancellation_reason_comments"
        case sendEmail = "send_email"
    }
}

/// A subscription that is cancelled, and how it came to be.
public struct RechargeCancelled: Sendable, Equatable {
    public let subscription: RechargeSubscription
    /// Whether by this cancellation: only then may it be taken back.
    public let byUs: Bool
    /// `YYYY-MM-DD`: when the next charge was planned. Nil when an earlier request has cancelled it already, or nothing
    /// was planned.
    public let plannedChargeDate: String?
}
