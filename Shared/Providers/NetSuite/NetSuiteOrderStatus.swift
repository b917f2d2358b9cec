/// The state of a sales order, from its letter: `B`, in SuiteQL also `SalesOrd:B`.
public enum NetSuiteOrderStatus: Sendable, Equatable {
    case pendingApproval
    case pendingFulfillment
    case cancelled
    case partiallyFulfilled
    case pendingBillingPartiallyFulfilled
    case pendingBilling
    case billed
    case closed
    case unrecognized(String)

    public init(_ text: String) {
        let letter = text.split(separator: ":").last.map(String.init) ?? text
        self = Self.letters[letter] ?? .unrecognized(text)
    }

    private static let letters: [String: NetSuiteOrderStatus] = [
        "A": .pendingApproval, "B": .pendingFulfillment, "C": .cancelled, "D": .partiallyFulfilled,
        "E": .pendingBillingPartiallyFulfilled, "F": .pendingBilling, "G": .billed, "H": .closed,
    ]

    /// Whether nothing will ever ship from it again.
    public var isOver: Bool { self == .cancelled || self == .closed }
}
