/// `error`, as every refusal of Stripe holds.
extension Refusal {
    static func stripe(
        _ status: Int, code: String? = nil, param: String? = nil, type: String = "invalid_request_error",
        _ message: String, _ more: JSONObject = JSONObject()
    ) -> Refusal {
        var error = JSONObject([("type", .string(type)), ("message", .string(message))])
        if let code {
            error["code"] = .string(code)
            error["doc_url"] = .string("https://stripe.com/docs/error-codes/\(code.replacing("_", with: "-"))")
        }
        if let param { error["param"] = .string(param) }
        return Refusal(response: .json(["error": .object(error.merging(more))], status: status))
    }

    static func stripeMissing(_ kind: String, _ id: String, param: String = "id") -> Refusal {
        stripe(404, code: "resource_missing", param: param, "No such \(kind): '\(id)'")
    }

    static func stripeUnknown(_ param: String) -> Refusal {
        stripe(400, code: "parameter_unknown", param: param, "Received unknown parameter: \(param)")
    }

    static func stripeInvalid(_ param: String, _ rule: String) -> Refusal {
        stripe(400, code: "parameter_invalid_\(rule)", param: param, "Invalid \(param): \(rule).")
    }
}
