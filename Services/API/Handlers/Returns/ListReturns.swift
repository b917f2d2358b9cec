import Commerce
import Messaging
import Postgres

extension Endpoint {
    static func listReturns(_ pool: PostgresPool) -> Endpoint {
        .get("/returns", .returnsRead, .list("listReturns", "Returns, newest first", query, of: "Return")) { request in
            let filter = ReturnReader.Filter(
                orderID: try request.query.id("order_id"), externalID: request.query.text("external_id"),
                status: try request.query.oneOf("status", ReturnStatus.allCases.map(\.rawValue)),
                ticketID: try request.query.id("ticket_id"),
                updatedSince: try request.query.time("updated_since"))
            let page = try await ReturnReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(try page.json { try JSON(encoding: $0) })
        }
    }

    static func showReturn(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/returns/{id}", .returnsRead, .show("showReturn", "One return with its history", "Return").versioned
        ) { request in
            try ReturnAnswer(of: await ReturnReader.record(request, pool)).ok
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(name: "order_id", description: "The order's id.", schema: Schemas.id("ord")),
            .init(name: "external_id", description: "Its id at any provider, e.g. the warehouse's RMA number."),
            .init(
                name: "status", description: "The return's status.",
                schema: Schemas.oneOf(ReturnStatus.allCases.map(\.rawValue))),
            .init(name: "ticket_id", description: "The ticket's id.", schema: Schemas.id("tkt")),
            .init(
                name: "updated_since", description: "Only returns that changed at or after this time.",
                schema: Schemas.time),
        ]
    }
}
