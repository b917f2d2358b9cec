/// Where the money of a refund is.
public enum RefundStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Decided, and its room on the tenders reserved; nothing was sent yet.
    case requested
    /// The payment provider has it.
    case pending
    case succeeded
    case failed
    /// The provider waits for somebody, for instance for bank details.
    case requiresAction = "requires_action"

    /// Whether messages and the books may speak of it as done.
    public var isDone: Bool { self == .succeeded }
}

/// What moves a refund from one status to the next.
public enum RefundEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case submit
    case succeed
    case fail
    case requireAction = "require_action"
    /// Somebody did what the provider waited for.
    case resume
    /// Given up before any money moved.
    case withdraw
    /// The provider takes back a success, days later.
    case reverse
    /// Tries again; the room must still be there.
    case retry
}

extension RefundStatus: DescribedStatus {
    public var meaning: String {
        switch self {
        case .requested: "Decided, and its room on the payments reserved; nothing was sent yet."
        case .pending: "The payment provider has it."
        case .succeeded: "The money has arrived. It may still fail days later."
        case .failed: "No money has moved, or it came back; its room is free."
        case .requiresAction: "The provider waits for somebody, for instance for bank details."
        }
    }
}
