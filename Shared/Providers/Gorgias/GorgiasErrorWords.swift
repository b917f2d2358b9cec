import Commerce
import HTTPTransport

/// Reads `{"error":{"msg","data":{"field":["…"]}}}`.
enum GorgiasErrorWords {
    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(JSONValue.self, from: response.body),
            let message = body["error"]?["msg"]?.text ?? body["error"]?.text
        else { return ProviderWords(status: response.status) }
        let fields = fields(body["error"]?["data"])
        return ProviderWords(
            code: ProviderWords.code(of: response.status),
            message: fields.isEmpty ? message : "\(message) (\(fields.joined(separator: "; ")))")
    }

    private static func fields(_ data: JSONValue?) -> [String] {
        guard case .object(let members)? = data else { return [] }
        return members.sorted { $0.key < $1.key }.map { "\($0.key): \(sentence($0.value))" }
    }

    private static func sentence(_ value: JSONValue) -> String {
        guard case .array(let elements) = value else { return value.text ?? "is wrong" }
        return elements.compactMap(\.text).joined(separator: ", ")
    }
}
