import Foundation
import Sagas

/// Which sagas are meant: of a list, a count, or a verb on many.
struct SagaFilter: Sendable, Equatable {
    var subject: String?
    var key: String?
    var name: String?
    /// Any of them; none means all.
    var statuses: [String] = []
    var businessStatus: String?
    var waitingOn: String?
    var stuckReason: String?
    /// The code of the refusal that it shows.
    var errorCode: String?
    var text: String?
    /// Search attributes; all of them must be so.
    var attributes: [String: String] = [:]
    var startedSince: Date?
    var startedBefore: Date?
    var updatedSince: Date?
    var updatedBefore: Date?

    static let names = [
        "subject", "key", "name", "status", "business_status", "waiting_on", "stuck_reason", "error_code", "q",
        "attribute", "started_since", "started_before", "updated_since", "updated_before",
    ]
    /// Those that take several values.
    static let listNames: Set = ["status", "attribute"]

    /// Failure: 422 naming the parameter, also below.
    init(_ query: Query) throws(Problem) {
        subject = query.text("subject")
        key = query.text("key")
        name = query.text("name")
        statuses = try query.allOf("status", SagaStatus.allCases.map(\.rawValue))
        businessStatus = query.text("business_status")
        waitingOn = query.text("waiting_on")
        stuckReason = query.text("stuck_reason")
        errorCode = query.text("error_code")
        text = query.text("q")
        startedSince = try query.time("started_since")
        startedBefore = try query.time("started_before")
        updatedSince = try query.time("updated_since")
        updatedBefore = try query.time("updated_before")
        for pair in query.texts("attribute") { try add(attribute: pair) }
    }

    /// The filter of a verb on many, as a JSON object with the names of the list's parameters.
    ///
    /// A name that is none is refused: were it ignored, the verb would go to more sagas than were meant.
    init(_ json: JSON) throws(Problem) {
        guard case .object(let members) = json else {
            throw .invalid("filter", "It must be an object such as {\"status\":\"stuck\"}.")
        }
        var pairs: [(name: String, value: String)] = []
        for member in members {
            let field = "filter.\(member.name)"
            guard Self.names.contains(member.name) else {
                throw .invalid(field, "There is no such filter; there are: \(Self.names.joined(separator: ", ")).")
            }
            guard let values = Self.texts(member), !values.contains("") else {
                throw .invalid(
                    field, "It must be a text that is not empty; of status and attribute, also a list of them.")
            }
            pairs += values.map { (member.name, $0) }
        }
        guard !pairs.isEmpty else { throw .invalid("filter", "Say which sagas: an empty filter means all of them.") }
        do {
            try self.init(Query(pairs))
        } catch {
            throw .invalid("filter.\(error.field ?? "")", error.detail)
        }
    }

    private static func texts(_ member: JSON.Member) -> [String]? {
        switch member.value {
        case .string(let text): return [text]
        case .array(let elements):
            guard listNames.contains(member.name) else { return nil }
            let texts = elements.compactMap { element -> String? in
                guard case .string(let text) = element else { return nil }
                return text
            }
            return texts.count == elements.count ? texts : nil
        case .null, .bool, .int, .object, .raw: return nil
        }
    }

    private mutating func add(attribute pair: String) throws(Problem) {
        guard let colon = pair.firstIndex(of: ":"), colon != pair.startIndex else {
            throw .invalid("attribute", "'\(pair)' is not of the form key:value.")
        }
        attributes[String(pair[..<colon])] = String(pair[pair.index(after: colon)...])
    }
}
