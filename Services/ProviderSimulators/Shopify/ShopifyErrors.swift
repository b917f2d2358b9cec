/// The shapes in which the shop says no. Each endpoint family has its own.
extension Refusal {
    static func shopify(_ status: Int, _ text: String) -> Refusal {
        Refusal(response: .json(["errors": .string(text)], status: status))
    }

    static let shopifyNotFound = Refusal.shopify(404, "Not Found")

    /// A map from field to messages.
    static func shopify(field: String, _ message: String, status: Int = 422) -> Refusal {
        Refusal(response: .json(["errors": .object(JSONObject([(field, [.string(message)])]))], status: status))
    }

    /// An array, as fulfilments answer.
    static func shopify(list message: String) -> Refusal {
        Refusal(response: .json(["errors": [.string(message)]], status: 422))
    }

    /// A single `error`, as cancel answers.
    static func shopify(error message: String) -> Refusal {
        Refusal(response: .json(["error": .string(message)], status: 422))
    }
}
