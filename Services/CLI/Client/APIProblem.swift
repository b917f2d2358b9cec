import Commerce
import Foundation
import HTTPTransport

/// Why the API has refused a request, in its own words.
struct APIProblem: Sendable {
    let code: String?
    private let detail: String
    private let field: String?
    /// Of a policy.
    private let rule: String?
    /// The verbs that are possible now; nil where the state does not stand in the way.
    private let allowed: [String]?

    /// Nil for an answer that says nothing of it.
    init?(_ response: HTTPResponse) {
        guard let problem = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body)),
            let detail = problem["detail"]?.text
        else { return nil }
        self.detail = detail
        code = problem["code"]?.text
        field = problem["field"]?.text
        rule = problem["rule"]?.text
        guard case .array(let verbs)? = problem["allowed"] else {
            allowed = nil
            return
        }
        allowed = verbs.compactMap(\.text)
    }

    /// As one line for a person.
    var line: String {
        let place = [rule.map { "rule \($0)" }, field].compactMap(\.self).joined(separator: ", ")
        let words = (place.isEmpty ? "" : "\(place): ") + detail + (code.map { " (\($0))" } ?? "")
        guard let verbs = allowed?.joined(separator: ", ") else { return words }
        return words + (verbs.isEmpty ? "; nothing is possible now" : "; possible: \(verbs)")
    }
}
