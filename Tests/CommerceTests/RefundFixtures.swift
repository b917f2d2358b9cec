import Commerce
import Foundation

/// The reference cases, which an independent implementation answered.
enum RefundFixtures {
    struct Case {
        let request: [String: Any]
        let response: [String: Any]
        /// Ours.
        let answer: RefundResult
    }

    static func cases() throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/refund-vectors.json")
        let parsed = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]] ?? []
        return try parsed.map { entry in
            let request = entry["request"] as? [String: Any] ?? [:]
            return Case(
                request: request, response: entry["response"] as? [String: Any] ?? [:],
                answer: try answer(to: request))
        }
    }

    static func answer(to request: [String: Any]) throws -> RefundResult {
        try answer(String(decoding: JSONSerialization.data(withJSONObject: request), as: UTF8.self))
    }

    static func answer(_ json: String) throws -> RefundResult {
        try RefundCalculation.result(for: form(json).request())
    }

    static func form(_ json: String) throws -> RefundRequestForm {
        try JSONDecoder().decode(RefundRequestForm.self, from: Data(json.utf8))
    }

    static func line(request: [String: Any], response: String) throws -> String {
        let request = String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
        return #"{"request":\#(request),"response":\#(response)}"# + "\n"
    }
}
