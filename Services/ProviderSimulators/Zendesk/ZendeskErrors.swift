/// The shapes in which Zendesk says no.
extension Refusal {
    static func zendesk(_ status: Int, _ error: String, _ description: String) -> Refusal {
        Refusal(
            response: .json(["error": .string(error), "description": .string(description)], status: status))
    }

    static let zendeskNotFound = Refusal.zendesk(404, "RecordNotFound", "Not found")

    /// A record that breaks a rule, field by field.
    static func zendeskInvalid(_ field: String, _ description: String) -> Refusal {
        Refusal(
            response: .json(
                [
                    "error": "RecordInvalid", "description": "Record validation errors",
                    "details": .object(
                        JSONObject([(field, [["description": .string(description), "error": "InvalidValue"]])])),
                ], status: 422))
    }

    /// What strict reading refuses. Unknown names too: the provider would drop them without a word.
    static func zendesk(_ field: String, _ problem: StrictFields.Problem) -> Refusal {
        switch problem {
        case .missing: .zendeskInvalid(field, "\(field): cannot be blank")
        case .unknown: .zendeskInvalid(field, "\(field): is not an attribute")
        case .wrong(let expected): .zendeskInvalid(field, "\(field): \(expected)")
        }
    }
}
