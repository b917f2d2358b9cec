import Postgres

extension Endpoint {
    static func listReceived(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/received", .receivedRead,
            .list("listReceived", "Webhooks that came in, newest first", query, of: "Received")
        ) { request in
            let status = try request.query.oneOf("status", ReceivedReader.Status.allCases.map(\.rawValue))
            let filter = ReceivedReader.Filter(
                provider: request.query.text("provider"),
                topic: request.query.text("topic"),
                status: status.flatMap(ReceivedReader.Status.init(rawValue:)),
                since: try request.query.time("since"))
            let page = try await ReceivedReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "provider", description: "Who sent it, e.g. shopify."),
            .init(name: "topic", description: "In the provider's words, e.g. orders/paid."),
            .init(
                name: "status", description: "Accepted, accepted more than once, or refused.",
                schema: ["type": "string", "enum": .strings(ReceivedReader.Status.allCases.map(\.rawValue))]),
            .init(
                name: "since", description: "Only what came at or after this time.",
                schema: ["type": "string", "format": "date-time"]),
        ]
    }
}
