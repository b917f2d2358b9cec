import Commerce
import Messaging
import Postgres

extension Endpoint {
    static func listTickets(_ pool: PostgresPool) -> Endpoint {
        .get("/tickets", .ticketsRead, .list("listTickets", "Tickets, newest first", query, of: "Ticket")) { request in
            let filter = TicketReader.Filter(
                status: try request.query.oneOf("status", TicketStatus.allCases.map(\.rawValue)),
                customerEmail: request.query.text("customer_email"),
                returnID: try request.query.id("return_id"),
                order: request.query.text("order_id"),
                updatedSince: try request.query.time("updated_since"),
                text: request.query.text("q"))
            let page = try await TicketReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
            return .ok(try page.json { try JSON(encoding: $0) })
        }
    }

    static func showTicket(_ verbs: TicketVerbs) -> Endpoint {
        .get("/tickets/{id}", .ticketsRead, .show("showTicket", "One ticket", "Ticket").versioned) { request in
            let ticket = try await verbs.ticket(request)
            return try .ok(JSON(encoding: ticket)).tagged(ticket.tag)
        }
    }

    private static var query: [Operation.QueryParameter] {
        [
            .init(
                name: "status", description: "The ticket's status.",
                schema: Schemas.oneOf(TicketStatus.allCases.map(\.rawValue))),
            .init(name: "customer_email", description: "The customer's e-mail address, in any case."),
            .init(name: "return_id", description: "The id of its return.", schema: Schemas.id("ret")),
            .init(
                name: "order_id",
                description: "The order its return is of: by our id, the shop's number, or its id elsewhere."),
            .init(
                name: "updated_since", description: "Only tickets that changed at or after this time.",
                schema: Schemas.time),
            .init(
                name: "q",
                description:
                    "Words of the subject, e-mail address or custom fields; quotes keep words together, - excludes."),
        ]
    }
}
