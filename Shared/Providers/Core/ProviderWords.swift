/// What a provider says about a failure.
struct ProviderWords: Equatable {
    // LIMIT: what a person reads in a status line; longer bodies are pages of HTML.
    private static let lengthMax = 500

    /// Stable, for machines: the provider's own code where it has one.
    let code: String
    /// The provider's own text, for people.
    let message: String

    init(code: String, message: String) {
        self.code = code
        self.message = String(message.prefix(Self.lengthMax))
    }

    /// For an answer without readable words.
    init(status: Int) {
        self.init(code: Self.code(of: status), message: "The provider answered \(status) without an explanation.")
    }

    /// The code of an answer that has none of its own.
    static func code(of status: Int) -> String {
        switch status {
        case 400: "bad_request"
        case 402: "payment_required"
        case 403: "forbidden"
        case 404: "not_found"
        case 409: "conflict"
        case 422: "unprocessable"
        case 429: "rate_limited"
        case 503: "unavailable"
        default: "http_\(status)"
        }
    }
}
