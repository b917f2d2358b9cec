/// Where a claim under a warranty stands, as it is shown to people and programs.
public enum WarrantyStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case requested
    case coverageCheck = "coverage_check"
    /// A person has to decide: about the claim, about a finding, or when a remedy has failed.
    case inReview = "in_review"
    case approved
    case labelSent = "label_sent"
    case inTransit = "in_transit"
    /// The goods are here, or a part of them, and are to be looked at.
    case received
    case inspected
    case inRepair = "in_repair"
    /// Mended, and on their way back to the customer.
    case repaired
    /// New goods are ordered.
    case replaced
    case refundPending = "refund_pending"
    case refunded
    case closed
    case rejected
    case cancelled
    case expired

    /// Whether nothing was done for it, so that its goods may be claimed again.
    public var isUndone: Bool {
        switch self {
        case .rejected, .cancelled, .expired: true
        case .requested, .coverageCheck, .inReview, .approved, .labelSent, .inTransit, .received, .inspected,
            .inRepair, .repaired, .replaced, .refundPending, .refunded, .closed:
            false
        }
    }
}

/// What moves a claim from one status to the next.
public enum WarrantyEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case checkCoverage = "check_coverage"
    case approve
    case reject
    /// Hands the claim to a person.
    case review
    case labelSent = "label_sent"
    /// The carrier has the parcel.
    case pickUp = "pick_up"
    case receive
    case inspect
    case startRepair = "start_repair"
    case repair
    /// It cannot be mended: something else has to help.
    case giveUpRepair = "give_up_repair"
    case replace
    case requestRefund = "request_refund"
    case refundSucceeded = "refund_succeeded"
    /// At once, or days after it had succeeded.
    case refundFailed = "refund_failed"
    case close
    case cancel
    /// Nothing was sent in time.
    case expire
}

/// What helps a customer whose goods are faulty.
public enum WarrantyRemedy: String, Hashable, Sendable, Codable, CaseIterable {
    case repair, replacement, refund
}

/// What somebody who looked at the goods has found.
public enum WarrantyFinding: String, Hashable, Sendable, Codable, CaseIterable {
    /// A fault that the warranty is for.
    case defect
    case noFault = "no_fault"
    /// A fault that the owner brought about.
    case misuse
    /// Not the goods that were sold.
    case notOurs = "not_ours"
}

extension WarrantyStatus: DescribedStatus {
    public var meaning: String {
        switch self {
        case .requested: "Asked for; its goods are held."
        case .coverageCheck: "The terms are being asked."
        case .inReview: "A person has to decide: see status_reason."
        case .approved: "Accepted; the customer has no label yet."
        case .labelSent: "The customer was told how to send the goods."
        case .inTransit: "The carrier has the parcel."
        case .received: "The goods are here, or a part of them, and are to be looked at."
        case .inspected: "It is known what is wrong with the goods."
        case .inRepair: "The goods are being mended."
        case .repaired: "Mended, and on their way back to the customer."
        case .replaced: "New goods are ordered."
        case .refundPending: "Its money is on its way."
        case .refunded: "Its money has arrived."
        case .closed: "Done."
        case .rejected: "Not covered; nothing is done for it."
        case .cancelled: "Called off, and everything done for it undone."
        case .expired: "Nothing was sent in time."
        }
    }
}
