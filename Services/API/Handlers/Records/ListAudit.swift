import Postgres

extension Endpoint {
    static func listAudit(_ pool: PostgresPool) -> Endpoint {
        .get("/audit", .auditRead, .list("listAudit", "Who did what, newest first", query, of: "AuditEntry")) {
            request in
            let filter = AuditReader.Filter(
                actor: request.query.text("actor"),
                action: request.query.text("action"),
                subject: request.query.text("subject"),
                since: try request.query.time("since"))
            let page = try await AuditReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "actor", description: "Who acted, e.g. person:ana."),
            .init(name: "action", description: "What was done, e.g. saga.cancel."),
            .init(name: "subject", description: "The id of what it was done to."),
            .init(
                name: "since", description: "Only what was done at or after this time.",
                schema: ["type": "string", "format": "date-time"]),
        ]
    }
}
