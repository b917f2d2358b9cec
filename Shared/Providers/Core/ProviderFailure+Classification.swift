import Commerce
import HTTPTransport

/// The one table from transport errors and statuses to failures.
extension ProviderFailure {
    init(_ error: any Error, effect: ProviderEffect) {
        guard let error = error as? HTTPTransportError else {
            self = effect.uncertain(ProviderWords(code: "transport", message: "The exchange failed."))
            return
        }
        let words = ProviderWords(code: error.code.rawValue, message: error.message)
        switch error.code {
        case .invalidURL, .invalidRequest:
            self = .refused(code: words.code, message: words.message)
        case .tooLarge where effect == .read:
            self = .refused(code: words.code, message: words.message)
        case .resolve, .connect, .tls, .timeout, .connectionLost, .noService, .tooLarge, .cancelled, .overloaded,
            .closed:
            self = error.wasSent ? effect.uncertain(words) : .transient(words)
        }
    }

    /// An answer whose status is not 2xx.
    init(_ response: HTTPResponse, words: ProviderWords, effect: ProviderEffect) {
        switch response.status {
        case 401:
            self = .unauthorized(message: words.message)
        // WHY: too early, locked, too many, not now: the provider has not acted.
        case 408, 423, 425, 429, 503:
            self = .transient(words, retryAfter: RetryAfter.duration(response.header("retry-after")))
        case 500...:
            self = effect.uncertain(words)
        default:
            self = .refused(code: words.code, message: words.message)
        }
    }

    /// A 2xx whose body is not what the contract says.
    static func malformedAnswer(_ effect: ProviderEffect) -> ProviderFailure {
        effect.uncertain(
            ProviderWords(code: "malformed_answer", message: "The provider's answer could not be read."))
    }

    static func transient(_ words: ProviderWords, retryAfter: Duration? = nil) -> ProviderFailure {
        .transient(code: words.code, message: words.message, retryAfter: retryAfter)
    }
}
