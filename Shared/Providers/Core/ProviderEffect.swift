import Commerce

/// Whether a request changes anything at the provider: a lost answer to a read is harmless, one to a write is not.
enum ProviderEffect {
    case read
    case write

    /// A failure after which a write may have been applied.
    func uncertain(_ words: ProviderWords) -> ProviderFailure {
        switch self {
        case .read: .transient(code: words.code, message: words.message, retryAfter: nil)
        case .write: .unknownOutcome(code: words.code, message: words.message)
        }
    }
}
