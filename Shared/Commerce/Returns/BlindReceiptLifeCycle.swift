/// Where goods stand that came in and that no return awaited.
public enum BlindReceiptStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody has to find out whose they are.
    case open
    /// They are those of a return.
    case matched
    /// They are no return's, and somebody has seen to them.
    case dismissed
}

/// What moves them from one status to the next.
public enum BlindReceiptEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case match
    case dismiss
    /// More has come in than was decided about.
    case reopen
}

extension LifeCycle where State == BlindReceiptStatus, Event == BlindReceiptEvent {
    /// From the dock to the return they are of, or to nobody's.
    public static let blindReceipt = LifeCycle(
        initial: .open,
        transitions: [
            // The system where their return turns out to be known after all.
            Transition(.open, .match, .matched, by: [.system, .staff]),
            Transition(.open, .dismiss, .dismissed, by: [.staff]),
            Transition(.dismissed, .match, .matched, by: [.staff]),
            Transition(.dismissed, .reopen, .open, by: [.system]),
        ])
}

/// The table of their states.
public typealias BlindReceiptLifeCycle = LifeCycle<BlindReceiptStatus, BlindReceiptEvent>
