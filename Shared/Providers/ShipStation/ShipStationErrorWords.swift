import Commerce
import HTTPTransport

/// Reads `errors` of an error body.
enum ShipStationErrorWords {
    private struct Body: Decodable {
        struct Item: Decodable {
            let source: String?
            let type: String?
            let code: String?
            let message: String?

            private enum CodingKeys: String, CodingKey {
                case message
                case source = "error_source"
                case type = "error_type"
                case code = "error_code"
            }
        }

        let errors: [Item]
    }

    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let item = first(response), let message = item.message, !message.isEmpty else {
            return ProviderWords(status: response.status)
        }
        // WHY: its code of a missing thing is not documented, and callers ask for exactly that.
        let own = response.status == 404 ? nil : item.code
        return ProviderWords(code: own ?? ProviderWords.code(of: response.status), message: message)
    }

    /// WHY: a carrier that is down is told with the status of a wrong request.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard !response.isSuccess, let item = first(response), isOutage(item) else { return nil }
        return .transient(read(response), retryAfter: RetryAfter.duration(response.header("retry-after")))
    }

    private static func isOutage(_ item: Body.Item) -> Bool {
        if item.code == "rate_limit_exceeded" { return true }
        guard item.source == "carrier" else { return false }
        return item.type == "integrations" || item.type == "system" || item.code == "unknown"
    }

    private static func first(_ response: HTTPResponse) -> Body.Item? {
        (try? ProviderJSON.decode(Body.self, from: response.body))?.errors.first
    }
}
