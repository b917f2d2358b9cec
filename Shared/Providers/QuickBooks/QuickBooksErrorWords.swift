import Commerce
import HTTPTransport

/// Reads `Fault` of an error body, which may come with any status.
enum QuickBooksErrorWords {
    private struct Body: Decodable {
        struct Fault: Decodable {
            struct Item: Decodable {
                let message: String?
                let detail: String?
                let code: String?

                private enum CodingKeys: String, CodingKey {
                    case code
                    case message = "Message"
                    case detail = "Detail"
                    case smallMessage = "message"
                    case smallDetail = "detail"
                }

                init(from decoder: any Decoder) throws {
                    let container = try decoder.container(keyedBy: CodingKeys.self)
                    message = try container.nonEmptyText(.message) ?? container.nonEmptyText(.smallMessage)
                    detail = try container.nonEmptyText(.detail) ?? container.nonEmptyText(.smallDetail)
                    code = try container.nonEmptyText(.code)
                }
            }

            let items: [Item]

            private enum CodingKeys: String, CodingKey {
                case items = "Error"
                case smallItems = "error"
            }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                let found: [Item] = try container.list(.items)
                items = found.isEmpty ? try container.list(.smallItems) : found
            }
        }

        let fault: Fault?

        private enum CodingKeys: String, CodingKey {
            case fault = "Fault"
            case smallFault = "fault"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            fault =
                try container.decodeIfPresent(Fault.self, forKey: .fault)
                ?? container.decodeIfPresent(Fault.self, forKey: .smallFault)
        }
    }

    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let item = fault(response)?.items.first, let text = item.detail ?? item.message else {
            return ProviderWords(status: response.status)
        }
        // WHY: Intuit's support asks for it.
        let call = response.header("intuit_tid").map { " (intuit_tid \($0))" } ?? ""
        return ProviderWords(code: item.code ?? ProviderWords.code(of: response.status), message: text + call)
    }

    /// A fault inside an answer of status 2xx, and too many calls, for which Intuit names no time.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        let fault = fault(response)
        guard fault != nil || response.status == 429 else { return nil }
        let words = read(response)
        if response.status == 429 || words.code == "3001" {
            let wait = RetryAfter.duration(response.header("retry-after")) ?? QuickBooksSettings.wait
            return .transient(words, retryAfter: wait)
        }
        guard response.isSuccess else { return nil }
        return words.code == "3200"
            ? .unauthorized(message: words.message)
            : .refused(code: words.code, message: words.message)
    }

    /// Nil for a body that is none, an XML one among them.
    private static func fault(_ response: HTTPResponse) -> Body.Fault? {
        (try? ProviderJSON.decode(Body.self, from: response.body))?.fault
    }
}
