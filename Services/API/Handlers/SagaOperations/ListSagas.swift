import Postgres
import Sagas

extension Endpoint {
    static func listSagas(_ pool: PostgresPool) -> Endpoint {
        .get("/sagas", .sagasRead, .list("listSagas", "Sagas, last changed first", query, of: "Saga")) { request in
            let filter = SagaReader.Filter(
                subject: request.query.text("subject"),
                name: request.query.text("name"),
                status: try request.query.oneOf("status", SagaStatus.allCases.map(\.rawValue)),
                waitingOn: request.query.text("waiting_on"),
                text: request.query.text("q"))
            let page = try await SagaReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "subject", description: "The id of what it is about, e.g. ord_…"),
            .init(name: "name", description: "The saga's name, e.g. order-fulfillment."),
            .init(
                name: "status", description: "The engine's status.",
                schema: ["type": "string", "enum": .strings(SagaStatus.allCases.map(\.rawValue))]),
            .init(name: "waiting_on", description: "What it waits for: a name (shipment.shipped) or a kind (human)."),
            .init(name: "q", description: "Part of the key, subject, name or business status."),
        ]
    }
}
