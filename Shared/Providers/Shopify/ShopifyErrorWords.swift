import Commerce
import HTTPTransport

/// Reads a REST error body: `errors` as a string, a list or a map of lists, or `error` as a string.
enum ShopifyErrorWords {
    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(JSONValue.self, from: response.body),
            let message = message(of: body)
        else { return ProviderWords(status: response.status) }
        return ProviderWords(code: ProviderWords.code(of: response.status), message: message)
    }

    static func message(of body: JSONValue) -> String? {
        [body["errors"], body["error"]].compactMap { $0 }.map(sentence).first { !$0.isEmpty }
    }

    /// `{"base": ["A", "B"], "line_items": ["C"]}` reads `A, B; line_items: C`.
    private static func sentence(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map(sentence).filter { !$0.isEmpty }.joined(separator: ", ")
        case .object(let members): members.sorted { $0.key < $1.key }.map(field).joined(separator: "; ")
        case .number(let number): "\(number)"
        case .null, .bool: ""
        }
    }

    private static func field(_ name: String, _ value: JSONValue) -> String {
        name == "base" || name == "message" ? sentence(value) : "\(name): \(sentence(value))"
    }
}
