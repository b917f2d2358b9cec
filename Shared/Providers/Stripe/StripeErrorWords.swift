import Commerce
import HTTPTransport

/// Reads `error` of an error body.
enum StripeErrorWords {
    private struct Body: Decodable {
        struct Item: Decodable {
            let type: String?
            let code: String?
            let message: String?
        }

        let error: Item
    }

    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let item = try? ProviderJSON.decode(Body.self, from: response.body).error else {
            return ProviderWords(status: response.status)
        }
        // WHY: the type says more than the status where there is no code, e.g. `idempotency_error`.
        let type = item.type == "invalid_request_error" ? nil : item.type
        let code = item.code ?? type ?? ProviderWords.code(of: response.status)
        guard let message = item.message, !message.isEmpty else { return ProviderWords(status: response.status) }
        let request = response.header("Request-Id").map { " (\($0))" } ?? ""
        return ProviderWords(code: code, message: message + request)
    }

    /// Where Stripe's rule of retries differs from the status: a key that is in use, a lock, a failed dependency, and
    /// what `stripe-should-retry` says of a request that was not carried out.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard !response.isSuccess else { return nil }
        let words = read(response)
        let advice = response.header("stripe-should-retry")
        let mayComeAgain = response.status == 409 && advice != "false" || advice == "true"
        if mayComeAgain, (400...499).contains(response.status) {
            return .transient(words, retryAfter: RetryAfter.duration(response.header("retry-after")))
        }
        return response.status == 424 ? effect.uncertain(words) : nil
    }
}
