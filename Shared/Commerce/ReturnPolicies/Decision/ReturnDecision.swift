/// What a policy says to a return that is asked for.
public struct ReturnDecision: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable, Codable {
        case approved
        /// A person decides; `reasons` says about what.
        case inReview = "in_review"
        /// Nothing of it can be returned, or not in the way that was chosen.
        case rejected
    }

    public var outcome: Outcome
    /// What decided: the id of a rule, or the path of a setting.
    public var rule: String
    /// Why it is not simply approved; empty when it is.
    public var reasons: [DecisionReason]
    public var policyVersion: Int
    /// The zone the goods are sent from; nil when there is none for the country.
    public var zone: ZoneDecision?
    /// In the order of the request.
    public var lines: [ReturnLineDecision]
    public var offer: ReturnOffer
    /// For the calculation of the refund; lines whose fees are waived, and goods that stay, say so themselves.
    public var money: ReturnMoneySettings
    public var instantRefund: InstantRefundDecision
    /// What becomes of a subscription that is named with it; nil where no rule says.
    public var subscription: SubscriptionAction?
    /// What is added to a refund that is taken as store credit; nil for nothing.
    public var storeCreditBonus: ReturnBonus?
    public var explanation: PolicyExplanation

    public var eligibleLines: [ReturnLineDecision] { lines.filter(\.eligible) }
}

extension ReturnDecision: Codable {
    enum CodingKeys: String, CodingKey {
        case outcome, rule, reasons, zone, lines, offer, money, subscription, explanation
        case policyVersion = "policy_version"
        case instantRefund = "instant_refund"
        case storeCreditBonus = "store_credit_bonus"
    }
}

/// One reason for a decision about the whole return.
public struct DecisionReason: Hashable, Sendable, Codable {
    public enum Code: String, Hashable, Sendable, CaseIterable, Codable {
        case noEligibleLines = "no_eligible_lines"
        case methodNotOffered = "method_not_offered"
        case resolutionNotOffered = "resolution_not_offered"
        case nothingOffered = "nothing_offered"
        case rule
        case overApprovalLimit = "over_approval_limit"
        case valueUnknown = "value_unknown"
        case unknownFact = "unknown_fact"
        case windowUnknown = "window_unknown"
        case currencyDiffers = "currency_differs"
        /// The reason needs evidence, and who asked could not be sent back for it.
        case evidenceRequired = "evidence_required"
    }

    public let code: Code
    /// A sentence for staff.
    public let message: String
    /// The id of a rule, or the path of a setting.
    public let rule: String

    public init(code: Code, message: String, rule: String) {
        self.code = code
        self.message = message
        self.rule = rule
    }
}

/// The zone that was chosen, and by which country.
public struct ZoneDecision: Hashable, Sendable, Codable {
    public let id: String
    /// The country the goods are sent from; nil when it is not known.
    public let country: String?
    public let carrier: String?
    public let label: ReturnLabel
}
