/// `{"reason"}`: every verb of an operator says why, for the audit log.
struct ReasonBody: Decodable {
    var reason: String

    /// Failure: 422.
    func checkedReason() throws(Problem) -> String { try Self.checked(reason) }

    // LIMIT: a few sentences; the audit log is no place for documents.
    private static let charactersMax = 2000

    static func checked(_ reason: String) throws(Problem) -> String {
        guard !reason.allSatisfy(\.isWhitespace) else { throw .invalid("reason", "Say why, for the audit log.") }
        guard reason.count <= charactersMax else {
            throw .invalid("reason", "It must be at most \(charactersMax) characters.")
        }
        return reason
    }
}

extension APIRequest {
    private struct GivenReason: Decodable {
        var reason: String?
    }

    /// Of a verb that may go without one, whose body may be empty.
    ///
    /// Failure: 400, 422.
    func reasonIfGiven() throws(Problem) -> String? {
        guard !body.isEmpty, let reason = try decode(GivenReason.self).reason else { return nil }
        return try ReasonBody.checked(reason)
    }
}
