import Commerce
import HTTPTransport

/// Reads `error` as a word or as `{"title","message"}`, with `description` and `details`.
enum ZendeskErrorWords {
    /// A safe update of a ticket that somebody has changed since it was read.
    static let conflict = "UpdateConflict"

    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(JSONValue.self, from: response.body), let error = body["error"] else {
            return ProviderWords(status: response.status)
        }
        let code = error.text ?? error["title"]?.text ?? ProviderWords.code(of: response.status)
        let words = [error["message"]?.text, body["description"]?.text].compactMap { $0 }
        let message = (words + details(body["details"])).joined(separator: ": ")
        return ProviderWords(code: code, message: message.isEmpty ? code : message)
    }

    /// `{"base":[{"description":"…"}]}`.
    private static func details(_ details: JSONValue?) -> [String] {
        guard case .object(let members)? = details else { return [] }
        return members.sorted { $0.key < $1.key }.flatMap { name, problems -> [String] in
            guard case .array(let list) = problems else { return [] }
            return list.compactMap { $0["description"]?.text }.map { name == "base" ? $0 : "\(name): \($0)" }
        }
    }
}
