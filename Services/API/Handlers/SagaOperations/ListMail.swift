import Postgres

extension Endpoint {
    /// Events that came before anything waited for them, also those of sagas that do not exist yet.
    static func listMail(_ pool: PostgresPool) -> Endpoint {
        let query: [Operation.QueryParameter] = [
            .init(name: "saga", description: "The saga's name."),
            .init(name: "key", description: "The saga's key."),
            .init(name: "type", description: "The event's type, e.g. shipment.delivered."),
        ]
        return .get(
            "/mail", .sagasRead, .list("listMail", "Events that no saga has taken yet, newest first", query, of: "Mail")
        ) { request in
            let filter = MailReader.Filter(
                saga: request.query.text("saga"), key: request.query.text("key"), type: request.query.text("type"))
            let page = try await MailReader.list(
                filter, limit: PageRequest.limit(request.query),
                after: PageRequest.cursor(request.query.text("cursor")), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }
}
