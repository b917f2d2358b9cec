import Commerce
import HTTPTransport

/// Reads `o:errorDetails` of an error body.
struct NetSuiteErrorWords {
    private struct Body: Decodable {
        struct Detail: Decodable {
            let detail: String?
            let code: String?
            let path: String?

            private enum CodingKeys: String, CodingKey {
                case detail
                case code = "o:errorCode"
                case path = "o:errorPath"
            }
        }

        let title: String?
        let details: [Detail]?

        private enum CodingKeys: String, CodingKey {
            case title
            case details = "o:errorDetails"
        }
    }

    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(Body.self, from: response.body) else {
            return ProviderWords(status: response.status)
        }
        let detail = body.details?.first
        let code = detail?.code ?? ProviderWords.code(of: response.status)
        guard let text = detail?.detail ?? body.title else { return ProviderWords(status: response.status) }
        return ProviderWords(code: code, message: detail?.path.map { "\(text) (\($0))" } ?? text)
    }

    /// Codes that mean "not now" whatever the status: concurrency, request limits, and a record changed meanwhile.
    private static let transientCodes = limitCodes.union(["RCRD_HAS_BEEN_CHANGED"])

    /// Codes of a call that was turned away because there were too many.
    static let limitCodes: Set<String> = [
        "CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED", "WS_REQUEST_BLOCKED",
    ]

    /// WHY: an account over its limit answers some calls with 400, which the status table would take for a refusal.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard !response.isSuccess else { return nil }
        let words = read(response)
        guard transientCodes.contains(words.code) else { return nil }
        return .transient(words, retryAfter: RetryAfter.duration(response.header("retry-after")))
    }
}

extension ProviderFailure {
    /// Whether the record asked for is not there.
    var saysNotFound: Bool {
        guard case .refused(let code, _) = self else { return false }
        return code == "NONEXISTENT_ID" || code == "not_found" || code == "RCRD_DSNT_EXIST"
    }
}
