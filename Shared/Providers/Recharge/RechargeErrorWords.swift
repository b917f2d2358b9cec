import Commerce
import HTTPTransport

/// Reads `errors` as a text, a list or a map of lists, `error`, or `warning`.
enum RechargeErrorWords {
    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(JSONValue.self, from: response.body),
            let message = ShopifyErrorWords.message(of: body) ?? body["warning"]?.text
        else { return ProviderWords(status: response.status) }
        return ProviderWords(code: ProviderWords.code(of: response.status), message: message)
    }

    /// WHY: 409 is another call on the same object that is under way, and 429 comes without a time to wait.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard response.status == 409 || response.status == 429 else { return nil }
        let wait = RetryAfter.duration(response.header("retry-after")) ?? RechargeSettings.wait
        return .transient(read(response), retryAfter: wait)
    }
}
