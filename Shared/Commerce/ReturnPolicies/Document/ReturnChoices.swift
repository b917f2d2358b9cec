/// How something comes back, or does not.
public enum ReturnMethod: String, Hashable, Sendable, CaseIterable, Codable {
    case ship
    case dropOff = "drop_off"
    case store
    case keep
    case donate
}

/// What the customer gets for it.
public enum ReturnResolution: String, Hashable, Sendable, CaseIterable, Codable {
    /// The refund goes back to the tenders that paid.
    case originalPayment = "original_payment"
    case storeCredit = "store_credit"
    case exchange
    /// The same thing once more.
    case replace
    /// The customer's own thing, mended.
    case repair

    /// Whether a return gives it. What goods are replaced or mended for is a claim under a warranty.
    public var isOfReturns: Bool {
        switch self {
        case .originalPayment, .storeCredit, .exchange: true
        case .replace, .repair: false
        }
    }

    /// Those that a return gives.
    public static let ofReturns = allCases.filter(\.isOfReturns)
}

/// What becomes of the subscription that returned goods came from.
public enum SubscriptionAction: String, Hashable, Sendable, CaseIterable, Codable {
    /// It goes on.
    case keep
    case cancel
    /// Its next charge is left out, and it goes on with the one after.
    case skipNext = "skip_next"
    /// Its next charge is put off for as long as the policy says.
    case pause

    /// Those that put a charge off and leave the subscription as it is.
    public var putsOff: Bool {
        switch self {
        case .skipNext, .pause: true
        case .keep, .cancel: false
        }
    }
}

/// The label a customer is given.
public enum ReturnLabel: String, Hashable, Sendable, CaseIterable, Codable {
    case prepaid
    /// A code that a counter prints the label from.
    case qr
    /// The customer arranges the parcel.
    case none
}

/// What has to happen before a return is processed.
public enum ProcessingEvent: String, Hashable, Sendable, CaseIterable, Codable {
    case approved
    case firstScan = "first_scan"
    case delivered
    case received
    case inspected
}

/// What becomes of a return about which something that matters is not known.
public enum UnknownFactHandling: String, Hashable, Sendable, CaseIterable, Codable {
    /// A person decides.
    case review
    /// It goes on as if the rule or the list did not apply.
    case ignore
}
