/// The shape in which Gorgias says no.
extension Refusal {
    static func gorgias(_ status: Int, _ message: String, field: String? = nil, _ why: String? = nil) -> Refusal {
        var error = JSONObject([("msg", .string(message))])
        if let field, let why { error["data"] = .object(JSONObject([(field, [.string(why)])])) }
        return Refusal(response: .json(["error": .object(error)], status: status))
    }

    static let gorgiasNotFound = Refusal.gorgias(404, "The requested resource was not found.")

    /// What strict reading refuses, as Gorgias words it.
    static func gorgias(_ field: String, _ problem: StrictFields.Problem) -> Refusal {
        let why =
            switch problem {
            case .missing: "Missing data for required field."
            case .unknown: "Unknown field."
            case .wrong(let expected): "Not valid: \(expected)."
            }
        return .gorgias(400, "The request is invalid.", field: field, why)
    }
}
