/// What a caller is told.
public enum GateVerdict: Sendable, Equatable {
    /// Call, after so many seconds.
    case granted(after: Double)
    /// Ask again after so many seconds.
    case again(after: Double, GateReason)
    /// Come back after so many seconds: it is longer than the caller is patient.
    case later(after: Double, GateReason)
}

/// Why a caller waits.
public enum GateReason: String, Sendable, CaseIterable {
    /// The provider is down, as far as the last calls tell.
    case breakerOpen = "breaker_open"
    /// The provider was down, and one call is out to see whether it still is.
    case breakerHalfOpen = "breaker_half_open"
    /// The provider asked for silence.
    case blocked
    /// As many calls are under way as the account allows.
    case slots
    /// As many calls were made lately as the account allows.
    case rate

    var isOutage: Bool { self == .breakerOpen || self == .breakerHalfOpen }

    var words: String {
        switch self {
        case .breakerOpen: "The provider does not work; calls are held back."
        case .breakerHalfOpen: "The provider did not work; one call is out to see whether it does again."
        case .blocked: "The provider asked to be called later."
        case .slots: "As many calls are under way as the account allows."
        case .rate: "As many calls were made lately as the account allows."
        }
    }
}
