import Commerce
import Contracts
import Messaging
import Views

extension Endpoint {
    static func createTicket(_ verbs: TicketVerbs) -> Endpoint {
        .post(
            "/tickets", .ticketsWrite,
            Operation(
                id: "createTicket",
                summary: "Opens a ticket; one with status return_requested opens its return too",
                body: "TicketCreation", answers: [201: "Ticket"]
            ).versioned
        ) { try await verbs.create($0) }
    }
}

private struct Body: Decodable {
    var subject: String
    var customerEmail: String
    var status: String?
    var customFields: JSON?
    var helpdesk: ReturnRequest.Helpdesk?
    var subscription: ReturnRequest.Subscription?

    enum CodingKeys: String, CodingKey {
        case subject, status, helpdesk, subscription
        case customerEmail = "customer_email"
        case customFields = "custom_fields"
    }

    func command() throws(Problem) -> CreateTicket {
        CreateTicket(
            subject: try TicketText.subject(subject), customerEmail: try TicketText.email(customerEmail),
            status: try status.map(TicketText.status),
            customFields: try TicketText.customFields(customFields ?? .object([])), helpdesk: helpdesk,
            subscription: subscription)
    }
}

extension TicketVerbs {
    fileprivate func create(_ request: APIRequest) async throws -> APIAnswer {
        let command = try request.decode(Body.self).command()
        let reply: CreateTicket.Reply = try await sender.send(command, subject: "ticket", for: request)
            .answered(orElse: "The ticket was passed on and not answered yet; look among the customer's tickets.")
            .decode()
        let ticket = try await ticket(reply.ticketID, request)
        let path = "/v1/workspaces/\(request.workspaceID)/tickets/\(ticket.id)"
        return try .created(JSON(encoding: ticket), at: path).tagged(ticket.tag)
    }
}
