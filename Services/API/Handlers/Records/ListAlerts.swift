import Postgres

extension Endpoint {
    static func listAlerts(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/alerts", .alertsRead,
            .list("listAlerts", "What people were told of trouble, newest first", query, of: "Alert")
        ) { request in
            let filter = AlertReader.Filter(
                key: request.query.text("key"), about: request.query.text("about"),
                status: try request.query.oneOf("status", AlertReader.statuses),
                since: try request.query.time("since"))
            let page = try await AlertReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "key", description: "Which trouble, e.g. saga_stuck/return."),
            .init(name: "about", description: "What one of its fields says, e.g. a return's id."),
            .init(
                name: "status",
                description: "What became of its message to Slack; failed also where it was given up on.",
                schema: Schemas.oneOf(AlertReader.statuses)),
            .init(name: "since", description: "Only alerts of this time or later.", schema: Schemas.time),
        ]
    }
}
