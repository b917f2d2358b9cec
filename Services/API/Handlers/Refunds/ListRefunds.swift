import Commerce
import Postgres

extension Endpoint {
    static func listRefunds(_ pool: PostgresPool) -> Endpoint {
        .get("/refunds", .returnsRead, .list("listRefunds", "Refunds, newest first", query, of: "Refund")) { request in
            let filter = RefundReader.Filter(
                status: try request.query.oneOf("status", RefundStatus.allCases.map(\.rawValue)),
                orderID: try request.query.id("order_id"), returnID: try request.query.id("return_id"),
                externalID: request.query.text("external_id"),
                createdSince: try request.query.time("created_since"),
                createdBefore: try request.query.time("created_before"))
            let page = try await RefundReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(
                name: "status", description: "How they stand.",
                schema: Schemas.oneOf(RefundStatus.allCases.map(\.rawValue))),
            .init(name: "order_id", description: "The order's id.", schema: Schemas.id("ord")),
            .init(name: "return_id", description: "The return's id.", schema: Schemas.id("ret")),
            .init(name: "external_id", description: "What the payment provider calls it."),
            .init(
                name: "created_since", description: "Only refunds asked for at this time or later.",
                schema: Schemas.time),
            .init(
                name: "created_before", description: "Only refunds asked for before this time.", schema: Schemas.time),
        ]
    }
}
