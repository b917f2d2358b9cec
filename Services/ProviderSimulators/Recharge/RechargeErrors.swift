/// `errors`, a text or a map from field to messages.
extension Refusal {
    static func recharge(_ status: Int, _ text: String) -> Refusal {
        Refusal(response: .json(["errors": .string(text)], status: status))
    }

    static let rechargeNotFound = Refusal.recharge(404, "Not Found")

    static func recharge(field: String, _ message: String) -> Refusal {
        Refusal(response: .json(["errors": .object(JSONObject([(field, [.string(message)])]))], status: 422))
    }

    /// A field that is missing, unknown or wrong.
    @Sendable static func recharge(problem field: String, _ problem: StrictFields.Problem) -> Refusal {
        switch problem {
        case .missing: recharge(field: field, "Missing data for required field.")
        case .unknown: recharge(field: field, "Unknown field.")
        case .wrong(let rule): recharge(field: field, "Not a valid value: it \(rule).")
        }
    }
}
