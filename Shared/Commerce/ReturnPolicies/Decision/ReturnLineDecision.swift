/// What a policy says to one line of a return.
public struct ReturnLineDecision: Hashable, Sendable {
    public enum Disposition: String, Hashable, Sendable, CaseIterable, Codable {
        case returned, kept, donated
    }

    public enum WaivedBy: String, Hashable, Sendable, CaseIterable, Codable {
        case reason, grade, rule
    }

    public var lineID: String
    /// Empty for a line that the order does not have.
    public var sku: String
    public var quantity: Int
    /// Units that could have been asked for.
    public var available: Int
    public var eligible: Bool
    public var reason: LineReason
    /// A sentence for the customer.
    public var message: String
    /// What decided: the id of a rule, or the path of a setting, or the fact.
    public var rule: String
    public var nextAction: LineNextAction
    /// Nil where it was not looked at, because the line cannot be returned anyway.
    public var window: WindowDecision?
    public var disposition: Disposition
    /// The rule by which the goods do not come back; nil where they do.
    public var dispositionRule: String?
    /// The share of the line's price that is given while the customer keeps the goods.
    public var partialCreditPercent: ReturnPercent?
    /// Why no fees are taken for the line; nil when they are.
    public var feesWaivedBy: WaivedBy?
    /// The id of the rule, or the path of the setting, that waives them.
    public var feesWaivedRule: String?
    /// The reasons that are offered for it; empty for any.
    public var offeredReasons: [String]
}

extension ReturnLineDecision: Codable {
    enum CodingKeys: String, CodingKey {
        case sku, quantity, available, eligible, reason, message, rule, window, disposition
        case lineID = "line_id"
        case nextAction = "next_action"
        case partialCreditPercent = "partial_credit_percent"
        case feesWaivedBy = "fees_waived_by"
        case feesWaivedRule = "fees_waived_rule"
        case dispositionRule = "disposition_rule"
        case offeredReasons = "offered_reasons"
    }
}

/// The machine word for why a line can be returned, or cannot.
public enum LineReason: String, Hashable, Sendable, CaseIterable, Codable {
    case withinWindow = "within_window"
    case unlimitedWindow = "unlimited_window"
    /// Eligible, but a person has to say whether the window is still open.
    case windowUnknown = "window_unknown"

    case unknownLine = "unknown_line"
    case badQuantity = "bad_quantity"
    case notFulfilled = "not_fulfilled"
    case alreadyReturned = "already_returned"
    case quantityExceeded = "quantity_exceeded"
    case noZone = "no_zone"
    case zoneNotAccepted = "zone_not_accepted"
    case unknownReason = "unknown_reason"
    case reasonNotOffered = "reason_not_offered"
    case rejectedByRule = "rejected_by_rule"
    case notOffered = "not_offered"
    case nonReturnable = "non_returnable"
    case finalSale = "final_sale"
    case awaitingDelivery = "awaiting_delivery"
    case windowClosed = "window_closed"
    /// It could be returned if what is wrong with it were shown.
    case evidenceRequired = "evidence_required"

    public var isEligible: Bool {
        switch self {
        case .withinWindow, .unlimitedWindow, .windowUnknown: true
        case .unknownLine, .badQuantity, .notFulfilled, .alreadyReturned, .quantityExceeded, .noZone,
            .zoneNotAccepted, .unknownReason, .reasonNotOffered, .rejectedByRule, .notOffered, .nonReturnable,
            .finalSale, .awaitingDelivery, .windowClosed, .evidenceRequired:
            false
        }
    }
}

/// What the customer can do about it.
public enum LineNextAction: String, Hashable, Sendable, CaseIterable, Codable {
    case none
    case correctRequest = "correct_request"
    case reduceQuantity = "reduce_quantity"
    case chooseAnotherReason = "choose_another_reason"
    case addEvidence = "add_evidence"
    case waitForShipment = "wait_for_shipment"
    case waitForDelivery = "wait_for_delivery"
    case contactSupport = "contact_support"
}

extension LineReason {
    var nextAction: LineNextAction {
        switch self {
        case .withinWindow, .unlimitedWindow, .windowUnknown: .none
        case .unknownLine, .badQuantity: .correctRequest
        case .quantityExceeded: .reduceQuantity
        case .unknownReason, .reasonNotOffered: .chooseAnotherReason
        case .evidenceRequired: .addEvidence
        case .notFulfilled: .waitForShipment
        case .awaitingDelivery: .waitForDelivery
        case .alreadyReturned, .noZone, .zoneNotAccepted, .rejectedByRule, .notOffered, .nonReturnable, .finalSale,
            .windowClosed:
            .contactSupport
        }
    }
}

/// As its text, e.g. `"12.5"`.
extension ReturnPercent: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let percent = ReturnPercent(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a percentage from 0 to 100")
        }
        self = percent
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
