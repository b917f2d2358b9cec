/// Every body of the warehouse carries `error_code` and `error_message`; 0 is good.
extension SimulatedResponse {
    static func dcl(_ members: JSONObject = JSONObject(), status: Int = 200) -> SimulatedResponse {
        .json(.object(JSONObject([("error_code", 0), ("error_message", "")]).merging(members)), status: status)
    }
}

/// What is wrong with something sent to the warehouse. Numbers and texts are open sets.
struct DCLError: Error, Equatable, Sendable {
    var code: Int
    var message: String

    static func required(_ field: String) -> DCLError { .init(code: 1003, message: "Field '\(field)' is required.") }

    static func tooLong(_ field: String, _ limit: Int) -> DCLError {
        .init(code: 1004, message: "Field '\(field)' exceeds the maximum length of \(limit) characters.")
    }

    static func invalid(_ field: String, _ why: String) -> DCLError {
        .init(code: 1004, message: "Field '\(field)' is invalid: \(why).")
    }

    var members: JSONObject { JSONObject([("error_code", .int(code)), ("error_message", .string(message))]) }

    func refusal(status: Int = 400) -> Refusal {
        var response = SimulatedResponse.json(.object(members), status: status)
        response.applied = false
        return Refusal(response: response)
    }
}
