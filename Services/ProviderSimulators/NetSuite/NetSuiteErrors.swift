/// The shape in which NetSuite says no.
extension Refusal {
    static func netsuite(_ status: Int, _ code: String, _ detail: String, path: String? = nil) -> Refusal {
        var error = JSONObject([("detail", .string(detail)), ("o:errorCode", .string(code))])
        if let path { error["o:errorPath"] = .string(path) }
        let titles = [
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
            429: "Too Many Requests",
        ]
        return Refusal(
            response: SimulatedResponse(
                status: status,
                headers: [.init(name: "Content-Type", value: "application/vnd.oracle.resource+json; type=error")],
                body: .json([
                    "type": "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.1",
                    "title": .string(titles[status] ?? "Error"), "status": .int(status),
                    "o:errorDetails": [.object(error)],
                ])))
    }

    /// A value that cannot be, with the path of the property that holds it.
    static func invalidValue(_ value: String, path: String) -> Refusal {
        let field = path.split(separator: ".").last.map(String.init) ?? path
        return .netsuite(
            400, "INVALID_CONTENT",
            "Error while accessing a resource. You have entered an Invalid Field Value \(value) "
                + "for the following field: \(field)",
            path: path)
    }

    static func missing(_ label: String, path: String) -> Refusal {
        .netsuite(
            400, "USER_ERROR", "Error while accessing a resource. Please enter value(s) for: \(label).", path: path)
    }

    static func user(_ detail: String, path: String? = nil) -> Refusal {
        .netsuite(400, "USER_ERROR", "Error while accessing a resource. \(detail)", path: path)
    }

    static let alreadyExists = Refusal.netsuite(
        400, "UNIQUE_CUST_ID_REQD", "Error while accessing a resource. This record already exists", path: "externalId")

    static func nonexistent(_ what: String) -> Refusal {
        .netsuite(
            404, "NONEXISTENT_ID",
            "Error while accessing a resource. The record instance does not exist. "
                + "Provide a valid record instance ID. \(what)"
        )
    }
}
