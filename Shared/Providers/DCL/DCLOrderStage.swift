/// Where an order is in the warehouse.
public enum DCLOrderStage: Sendable, Equatable, Hashable {
    case cancelled
    case addressVerificationRequired
    case screeningRequired
    case shipMethodReview
    case received
    case pickListPrinted
    case partiallyVerified
    case fullyVerified
    case partiallyShipped
    case partiallyShippedPartiallyVerified
    case partiallyShippedFullyVerified
    case fullyShipped
    /// Shipped short, and nothing more will come.
    case closedShort
    case subOrderShipped
    case unrecognized(Int)

    public init(_ code: Int) {
        self = Self.codes[code] ?? .unrecognized(code)
    }

    private static let codes: [Int: DCLOrderStage] = [
        2: .cancelled, 4: .addressVerificationRequired, 5: .screeningRequired, 6: .shipMethodReview, 10: .received,
        20: .pickListPrinted, 30: .partiallyVerified, 40: .fullyVerified, 50: .partiallyShipped,
        52: .partiallyShippedPartiallyVerified, 55: .partiallyShippedFullyVerified, 60: .fullyShipped,
        62: .closedShort, 70: .subOrderShipped,
    ]

    /// Whether the warehouse waits for a person.
    public var needsPerson: Bool {
        self == .addressVerificationRequired || self == .screeningRequired || self == .shipMethodReview
    }

    /// Whether nothing more will ship.
    public var isOver: Bool {
        self == .cancelled || self == .fullyShipped || self == .closedShort || self == .subOrderShipped
    }
}
