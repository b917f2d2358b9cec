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
