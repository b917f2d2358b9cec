/// How a call to an external system failed, and what that says about its effect.
///
/// Each client says which of its provider's answers is which.
public enum ProviderFailure: Error, Sendable, Equatable {
    /// Certainly not applied: try again, not before `retryAfter` where the provider asks for it.
    case transient(code: String, message: String, retryAfter: Duration?)
    /// The provider says no, in its own words.
    case refused(code: String, message: String)
    /// May have been applied: look, or send again under a key that is unique there.
    case unknownOutcome(code: String, message: String)
    /// The credentials are wrong or were revoked: tried again slowly, a person must act.
    case unauthorized(message: String)
    /// Not sent: the account's gate asks to come back after `delay`. No failure; the provider heard nothing.
    case postponed(code: String, message: String, delay: Duration)
}
