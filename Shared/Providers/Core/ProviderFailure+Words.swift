import Commerce

extension ProviderFailure {
    /// Stable, for machines: the provider's own code where it has one.
    public var code: String {
        switch self {
        case .transient(let code, _, _), .refused(let code, _), .unknownOutcome(let code, _),
            .postponed(let code, _, _):
            code
        case .unauthorized: "unauthorized"
        }
    }

    /// For people: the provider's own words where it has any.
    public var message: String {
        switch self {
        case .transient(_, let message, _), .refused(_, let message), .unknownOutcome(_, let message),
            .unauthorized(let message), .postponed(_, let message, _):
            message
        }
    }
}
