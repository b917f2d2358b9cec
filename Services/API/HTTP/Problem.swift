/// Why a request was not carried out, as the caller is told (RFC 9457, `application/problem+json`).
struct Problem: Error, Sendable, Equatable {
    var status: Int
    /// Stable and machine-readable.
    var code: String
    var detail: String
    /// What is wrong: a member of the body, a query parameter, a header.
    var field: String?
    /// What could be done instead, in this state.
    var allowed: [String]?
    /// The rule of a policy that is wrong.
    var rule: String?

    init(_ status: Int, _ code: String, _ detail: String, field: String? = nil, allowed: [String]? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.allowed = allowed
    }

    static let unauthorized = Problem(
        401, "unauthorized", "Send 'Authorization: Bearer sk_…' with a key that exists and is not revoked.")

    /// Another workspace, or no such thing: the caller cannot tell which.
    static let notFound = Problem(404, "not_found", "There is no such thing in this workspace.")

    static func missingScope(_ scope: Scope) -> Problem {
        Problem(403, "missing_scope", "The key lacks the scope '\(scope.rawValue)'.")
    }

    static func invalid(_ field: String, _ detail: String) -> Problem {
        Problem(422, "invalid", detail, field: field)
    }

    static func nullCharacter(_ field: String? = nil) -> Problem {
        Problem(422, "invalid", "A text must not hold the character U+0000.", field: field)
    }

    static let unavailable = Problem(503, "unavailable", "The database cannot be reached just now; try again.")

    static let unexpected = Problem(500, "internal", "Something went wrong on our side; it is logged.")
}

extension Problem {
    var title: String {
        switch status {
        case 400: "The request cannot be read"
        case 401: "Not authenticated"
        case 403: "Not permitted"
        case 404: "Not found"
        case 409: "Not possible in this state"
        case 412: "Changed meanwhile"
        case 413: "Too large"
        case 422: "A field is wrong"
        case 503: "Not available"
        default: "Internal error"
        }
    }

    func json(requestID: String) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "type", value: "urn:stateset:problem:\(code)"),
            .init(name: "title", value: .string(title)),
            .init(name: "status", value: .int(status)),
            .init(name: "detail", value: .string(detail)),
            .init(name: "code", value: .string(code)),
        ]
        if let field { members.append(.init(name: "field", value: .string(field))) }
        if let rule { members.append(.init(name: "rule", value: .string(rule))) }
        if let allowed { members.append(.init(name: "allowed", value: .strings(allowed))) }
        members.append(.init(name: "request_id", value: .string(requestID)))
        return .object(members)
    }
}
