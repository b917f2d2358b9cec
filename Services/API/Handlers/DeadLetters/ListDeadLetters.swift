import Postgres

extension Endpoint {
    /// With `group_by`, counts what is open instead of listing it.
    static func listDeadLetters(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/dead-letters", .deadLettersRead,
            .list("listDeadLetters", "Messages that were given up on, newest first", query, of: "DeadLetter")
        ) { request in
            let filter = DeadLetterReader.Filter(
                service: request.query.text("service"),
                reason: request.query.text("reason"),
                type: request.query.text("type"),
                key: request.query.text("key"),
                status: try request.query.oneOf("status", statuses))
            let page = try PageRequest(request.query)
            let groupings = DeadLetterReader.Grouping.allCases.map(\.rawValue)
            if let name = try request.query.oneOf("group_by", groupings),
                let grouping = DeadLetterReader.Grouping(rawValue: name)
            {
                let groups = try await DeadLetterReader.groups(
                    by: grouping, filter, limit: page.limit, in: request.workspaceID, pool)
                return .ok(Page(all: groups).json(\.json))
            }
            return .ok(try await DeadLetterReader.list(filter, page, in: request.workspaceID, pool).json(\.json))
        }
    }

    private static var statuses: [String] { ["open", "requeued", "discarded"] }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "service", description: "Whose queue it was in, e.g. tracking."),
            .init(name: "reason", description: "Why it was given up on."),
            .init(name: "type", description: "The message's type."),
            .init(name: "key", description: "What it is about, e.g. ord_…"),
            .init(
                name: "status", description: "What became of it.",
                schema: ["type": "string", "enum": .strings(statuses)]),
            .init(
                name: "group_by", description: "Counts the open ones by this instead.",
                schema: ["type": "string", "enum": .strings(DeadLetterReader.Grouping.allCases.map(\.rawValue))]),
        ]
    }
}
