import Commerce
import Postgres

extension Endpoint {
    static func listOrders(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/orders", .ordersRead, .list("listOrders", "Orders, last received first", query, of: "Order")
        ) { request in
            let filter = OrderReader.Filter(
                externalID: request.query.text("external_id"),
                status: try request.query.oneOf("status", OrderStatus.allCases.map(\.rawValue)),
                email: request.query.text("email"),
                text: request.query.text("q"),
                updatedSince: try request.query.time("updated_since"))
            let page = try await OrderReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(page.json(\.json))
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "external_id", description: "The order's id at any provider."),
            .init(
                name: "status", description: "The order's status.",
                schema: ["type": "string", "enum": .strings(OrderStatus.allCases.map(\.rawValue))]),
            .init(name: "email", description: "The customer's e-mail address, in any case."),
            .init(name: "q", description: "Words of the number, e-mail address, name or SKUs."),
            .init(
                name: "updated_since",
                description: """
                    Only orders that changed at or after this time, the earliest change first: one that changes between two \
                    pages comes again. To go on later, give a time a minute before the last list was begun.
                    """,
                schema: ["type": "string", "format": "date-time"]),
        ]
    }
}
