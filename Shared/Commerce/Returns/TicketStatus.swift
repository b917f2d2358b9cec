/// Where a ticket stands. Tickets of returns follow their return; the last three are for all others.
public enum TicketStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case returnRequested = "return_requested"
    case eligibilityCheck = "eligibility_check"
    case inReview = "in_review"
    case approved
    case labelSent = "label_sent"
    case itemReceived = "item_received"
    case refunded
    case rejected
    case cancelled
    case closed
    case open
    /// Waits for the customer.
    case pending
    case solved
}

/// What moves a ticket from one status to the next.
public enum TicketEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case checkEligibility = "check_eligibility"
    case approve
    case review
    case reject
    case sendLabel = "send_label"
    case receiveItem = "receive_item"
    case refund
    case cancel
    case close
    /// The customer is asked.
    case ask
    /// The customer answers.
    case reply
    case solve
    case reopen
}

extension TicketStatus {
    /// What the ticket of a return shows while the return stands there.
    public init(_ status: ReturnStatus) {
        self =
            switch status {
            case .requested: .returnRequested
            case .eligibilityCheck: .eligibilityCheck
            case .inReview: .inReview
            case .approved, .labelPending: .approved
            case .labelSent, .inTransit: .labelSent
            case .received, .inspected, .refundPending: .itemReceived
            case .refunded: .refunded
            case .exchanged, .closed: .closed
            case .rejected: .rejected
            case .cancelled, .expired: .cancelled
            }
    }
}

extension TicketStatus: DescribedStatus {
    public var meaning: String {
        switch self {
        case .returnRequested: "A return is asked for."
        case .eligibilityCheck: "The policy is being asked."
        case .inReview: "A person has to decide."
        case .approved: "The return is approved; the customer has no label yet."
        case .labelSent: "The customer was told how to send the goods; the carrier may have them."
        case .itemReceived: "The goods are here, and the money has not arrived yet."
        case .refunded: "The money has arrived. Only the ledger says so, nobody sets it."
        case .rejected: "The goods are not taken back."
        case .cancelled: "The return was called off, or nothing was sent in time."
        case .closed: "Done."
        case .open: "About no return, and somebody has to answer."
        case .pending: "About no return, and waits for the customer."
        case .solved: "About no return, and answered."
        }
    }
}
