/// Where an order stands in the warehouse.
enum DCLStage: Int, Sendable, CaseIterable {
    case cancelled = 2
    case addressVerificationRequired = 4
    case deniedPartyScreeningRequired = 5
    case shipMethodReview = 6
    case received = 10
    case pickListPrinted = 20
    case partiallyVerified = 30
    case fullyVerified = 40
    case partiallyShipped = 50
    case partiallyShippedPartiallyVerified = 52
    case partiallyShippedFullyVerified = 55
    case fullyShipped = 60
    case closedShort = 62
    case subOrderShipped = 70

    var description: String {
        switch self {
        case .cancelled: "Order Cancelled"
        case .addressVerificationRequired: "AV Required"
        case .deniedPartyScreeningRequired: "DPS Required"
        case .shipMethodReview: "Ship Method Rev"
        case .received: "Order Received"
        case .pickListPrinted: "Pick List Printed"
        case .partiallyVerified: "Partially Verified"
        case .fullyVerified: "Fully Verified"
        case .partiallyShipped: "Partially Shipped"
        case .partiallyShippedPartiallyVerified: "Partially Shipped/Partially Verified"
        case .partiallyShippedFullyVerified: "Partially Shipped/Fully Verified"
        case .fullyShipped: "Fully Shipped"
        case .closedShort: "Closed Short"
        case .subOrderShipped: "Sub Order Shipped"
        }
    }

    /// Before the pick list is printed an order can be taken back.
    var canBeCancelled: Bool { rawValue < DCLStage.pickListPrinted.rawValue }

    /// Nothing more will leave the warehouse.
    var isFinal: Bool { [.cancelled, .fullyShipped, .closedShort, .subOrderShipped].contains(self) }

    /// Waits for a person.
    var isHeld: Bool {
        [.addressVerificationRequired, .deniedPartyScreeningRequired, .shipMethodReview].contains(self)
    }
}
