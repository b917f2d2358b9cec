import Postgres
import Sagas

extension Endpoint {
    static func listSagas(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/sagas", .sagasRead, .list("listSagas", "Sagas, last started first", SagaFilter.query, of: "Saga")
        ) { request in
            let page = try await SagaReader.list(
                SagaFilter(request.query), PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    static func countSagas(_ pool: PostgresPool) -> Endpoint {
        let groupings = SagaCounts.Grouping.allCases.map(\.rawValue)
        let groupBy = Operation.QueryParameter(
            name: "group_by", description: "What to count by; status when left out.",
            schema: ["type": "string", "enum": .strings(groupings)])
        let operation = Operation(
            id: "countSagas", summary: "How many sagas there are of each kind, most first",
            query: [groupBy] + SagaFilter.query, answers: [200: "SagaCountList"])
        return .get("/sagas/counts", .sagasRead, operation) { request in
            let grouping = try request.query.oneOf("group_by", groupings).flatMap(SagaCounts.Grouping.init) ?? .status
            let counts = try await SagaCounts.counts(
                by: grouping, SagaFilter(request.query), in: request.workspaceID, pool)
            return .ok(Page(all: counts).json(\.json))
        }
    }
}

extension SagaFilter {
    /// How the filters are described.
    static var query: [Operation.QueryParameter] {
        [
            .init(name: "subject", description: "The id of what it is about, e.g. ord_…"),
            .init(name: "key", description: "Its key, of which a name has one saga; mostly the subject."),
            .init(name: "name", description: "The saga's name, e.g. order-fulfillment."),
            .init(
                name: "status", description: "The engine's status; repeated, any of them.",
                schema: Schemas.array(Schemas.oneOf(SagaStatus.allCases.map(\.rawValue)))),
            .init(name: "business_status", description: "Where the business stands, e.g. dispatched."),
            .init(name: "waiting_on", description: "What it waits for: a name (shipment.shipped) or a kind (human)."),
            .init(name: "stuck_reason", description: "Why it is stuck, e.g. no_reply."),
            .init(name: "error_code", description: "The code of its error, e.g. unmapped_sku."),
            .init(name: "q", description: "Part of the key, subject, name or business status."),
            .init(
                name: "attribute", description: "A search attribute as key:value; repeated, all must be so.",
                schema: Schemas.strings),
            .init(name: "started_since", description: "Started at or after this time.", schema: Schemas.time),
            .init(name: "started_before", description: "Started before this time.", schema: Schemas.time),
            .init(name: "updated_since", description: "Changed at or after this time.", schema: Schemas.time),
            .init(name: "updated_before", description: "Unchanged since this time.", schema: Schemas.time),
        ]
    }
}
