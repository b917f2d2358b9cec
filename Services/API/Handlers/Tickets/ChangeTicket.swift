import Commerce
import Contracts
import Messaging
import Views

extension Endpoint {
    static func changeTicket(_ verbs: TicketVerbs) -> Endpoint {
        var operation = Operation(
            id: "changeTicket",
            summary: "Changes what is given of a ticket; custom fields are merged, null removes one",
            body: "TicketChange", answers: [200: "Ticket"]
        ).versioned
        operation.isConditional = true
        return .patch("/tickets/{id}", .ticketsWrite, operation) { try await verbs.change($0) }
    }
}

private struct Body: Decodable {
    var subject: String?
    var status: String?
    var customFields: JSON?
    var customerEmail: JSON?

    enum CodingKeys: String, CodingKey {
        case subject, status
        case customerEmail = "customer_email"
        case customFields = "custom_fields"
    }

    /// The change of a ticket as it is. Failure: 422 with the field that is wrong.
    func command(for ticket: TicketRecord, version: Int?) throws -> ChangeTicket {
        guard customerEmail == nil || customerEmail == .string(ticket.customerEmail) else {
            throw Problem.invalid("customer_email", "It cannot be changed.")
        }
        guard subject != nil || status != nil || customFields != nil else {
            throw Problem.invalid("status", "Give what is to change: 'subject', 'status' or 'custom_fields'.")
        }
        let fields = try customFields.map(TicketText.customFields)
        if let fields { try TicketText.checkMerged(fields, with: ticket.customFields) }
        return ChangeTicket(
            ticketID: ticket.id, subject: try subject.map(TicketText.subject),
            status: try status.map(TicketText.status), customFields: fields, version: version)
    }
}

extension TicketVerbs {
    fileprivate func change(_ request: APIRequest) async throws -> APIAnswer {
        let body = try request.decode(Body.self)
        let ticket = try await ticket(request)
        let command = try body.command(for: ticket, version: try Self.version(request.precondition, of: ticket))
        let outcome = try await sender.send(command, subject: ticket.id.description, for: request)
        let now = try await self.ticket(ticket.id, request)
        _ = try outcome.answered(
            orElse: "The change was passed on and not answered yet; look again.",
            allowed: now.nextStatuses.filter { $0 != body.status })
        return try .ok(JSON(encoding: now)).tagged(now.tag)
    }

    /// The version that the owner is to compare; nil for any. Failure: 412 where no tag is one of ours.
    ///
    /// WHY: only the owner compares. A repeat under an Idempotency-Key comes with the tag of before its own change, and
    /// is to be answered with what became of that.
    private static func version(_ precondition: Precondition?, of ticket: TicketRecord) throws(Problem) -> Int? {
        guard let precondition, !precondition.isAny else { return nil }
        let versions = precondition.versions
        guard let first = versions.first else {
            throw Problem(
                412, "precondition_failed", "The ticket's ETag is \(ticket.tag.headerText) now, none of If-Match.",
                field: "If-Match")
        }
        return versions.contains(ticket.version) ? ticket.version : first
    }
}
