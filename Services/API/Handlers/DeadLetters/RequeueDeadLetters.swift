import Commerce
import Messaging
import Postgres

extension Endpoint {
    /// Takes a group as the list gives it: `{"group":"exhausted","group_by":"reason"}`.
    static func requeueDeadLetters(_ verbs: DeadLetterVerbs) -> Endpoint {
        let operation = Operation(
            id: "requeueDeadLetters", summary: "Sends all open messages of a group back to their queues",
            body: "DeadLetterGroupRequeue", answers: [202: "BulkResult"])
        return .post("/dead-letters/requeue", .deadLettersWrite, operation) { request in
            try await verbs.requeueGroup(request)
        }
    }
}

extension DeadLetterVerbs {
    // LIMIT: what is answered within a proxy's minute; `next_cursor` says that there are more.
    private static let lettersMax = 2000
    private static let pageSize = 100

    func requeueGroup(_ request: APIRequest) async throws -> APIAnswer {
        let group = try request.decode(DeadLetterGroup.self)
        let reason = try group.checkedReason()
        let open = DeadLetterReader.OpenGroup(grouping: try group.grouping(), value: group.group)
        var result = BulkResult(matched: try await DeadLetterReader.count(of: open, in: request.workspaceID, pool))
        var last: DeadLetterID?
        if let cursor: Cursor = try PageRequest.cursor(group.cursor) { last = DeadLetterID(uuid: cursor.id) }
        while result.sent < Self.lettersMax {
            let letters = try await DeadLetterReader.page(
                of: open, after: last, limit: Self.pageSize, in: request.workspaceID, pool)
            let drafts = try letters.map { letter in
                CommandDraft(
                    name: RequeueDeadLetter.name, owner: letter.service,
                    data: try RawJSON(encoding: RequeueDeadLetter(id: letter.id, reason: reason)),
                    subject: letter.id.description)
            }
            result.add(
                try await sender.send(all: drafts, for: request, waits: result.isAnswered), for: drafts.map(\.subject))
            guard letters.count == Self.pageSize, let letter = letters.last else { return .accepted(result.json) }
            last = letter.id
            result.next = Cursor(time: letter.createdAt, id: letter.id.uuid).description
        }
        return .accepted(result.json)
    }
}

private struct DeadLetterGroup: Decodable {
    var group: String?
    var groupBy: String?
    var reason: String?
    var cursor: String?

    enum CodingKeys: String, CodingKey {
        case group, reason, cursor
        case groupBy = "group_by"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // A group may be null: what has no subject, or no provider's code. It may not be left out.
        guard container.contains(.group) else {
            throw DecodingError.keyNotFound(
                CodingKeys.group, .init(codingPath: decoder.codingPath, debugDescription: "group is missing"))
        }
        group = try container.decodeIfPresent(String.self, forKey: .group)
        groupBy = try container.decodeIfPresent(String.self, forKey: .groupBy)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
        cursor = try container.decodeIfPresent(String.self, forKey: .cursor)
    }

    func grouping() throws(Problem) -> DeadLetterReader.Grouping {
        guard let groupBy else { return .reason }
        guard let grouping = DeadLetterReader.Grouping(rawValue: groupBy) else {
            let choices = DeadLetterReader.Grouping.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("group_by", "'\(groupBy)' is none of: \(choices).")
        }
        return grouping
    }

    /// The group is its own reason where none is given.
    func checkedReason() throws(Problem) -> String {
        try ReasonBody.checked(reason ?? "requeue of the group \(groupBy ?? "reason") \(group ?? "-")")
    }
}
