/// Where a return stands, as it is shown to people and programs.
public enum ReturnStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case requested
    case eligibilityCheck = "eligibility_check"
    /// A person has to decide: before approval, after an inspection that did not match, or when a refund failed.
    case inReview = "in_review"
    case approved
    case labelPending = "label_pending"
    case labelSent = "label_sent"
    case inTransit = "in_transit"
    /// The warehouse has the goods, or a part of them.
    case received
    case inspected
    case refundPending = "refund_pending"
    case refunded
    case exchanged
    case closed
    case rejected
    case cancelled
    case expired

    /// Whether the return keeps its units from entering another one.
    public var holdsUnits: Bool {
        switch self {
        case .rejected, .cancelled, .expired: false
        case .requested, .eligibilityCheck, .inReview, .approved, .labelPending, .labelSent, .inTransit, .received,
            .inspected, .refundPending, .refunded, .exchanged, .closed:
            true
        }
    }
}

/// What moves a return from one status to the next.
public enum ReturnEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case checkEligibility = "check_eligibility"
    case approve
    case reject
    /// Hands the return to a person.
    case review
    case requestLabel = "request_label"
    case labelSent = "label_sent"
    /// Another label takes the place of the one that the customer has.
    case reissueLabel = "reissue_label"
    /// The carrier has the parcel.
    case pickUp = "pick_up"
    case receive
    case inspect
    case requestRefund = "request_refund"
    case refundSucceeded = "refund_succeeded"
    /// At once, or days after it had succeeded.
    case refundFailed = "refund_failed"
    /// The goods of an exchange are on their way.
    case exchange
    case close
    case cancel
    /// Nothing was sent back in time.
    case expire
    /// Takes up an ended return again, for instance when its goods arrive after all; its units must be free.
    case reopen
}

extension ReturnStatus: DescribedStatus {
    public var meaning: String {
        switch self {
        case .requested: "Asked for; its units are held."
        case .eligibilityCheck: "The policy is being asked."
        case .inReview: "A person has to decide: see status_reason."
        case .approved: "To be taken back; the customer has no label yet."
        case .labelPending: "The label is being bought."
        case .labelSent: "The customer was told how to send the goods."
        case .inTransit: "The carrier has the parcel."
        case .received: "The warehouse has the goods, or a part of them."
        case .inspected: "What came in is known: grade, and whether it is what was sold."
        case .refundPending: "Its money is on its way."
        case .refunded: "Its money has arrived."
        case .exchanged: "The goods of its exchange are ordered."
        case .closed: "Done."
        case .rejected: "Not taken back, or its money was given up; its units are free."
        case .cancelled: "Called off, and everything done for it undone; its units are free."
        case .expired: "Nothing was sent back in time; its units are free."
        }
    }
}
