import Foundation

/// What customers and people at the helpdesk do, and what customers see.
extension ZendeskSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<ZendeskSimulator>([
        Route("POST", "tickets") { try $0.writeIn($1) },
        Route("GET", "tickets/{id}") { .json(try $0.ticket($1.id("id")).json()) },
        Route("GET", "tickets/{id}/customer") { .json(try $0.ticket($1.id("id")).customerView()) },
        Route("POST", "tickets/{id}/comments") { try $0.answerAsCustomer($1) },
        Route("POST", "tickets/{id}/status") { try $0.setStatusByHand($1) },
    ])

    /// `{"requester_email","requester_name","subject","body","tags","language"}`: a customer writes to the shop.
    private mutating func writeIn(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let email = body["requester_email"].string ?? body["customer_email"].string, email.contains("@") else {
            throw Refusal(response: .problem(422, "requester_email names who writes."))
        }
        var user = user(email: email, name: body["requester_name"].string ?? body["customer_name"].string)
        if let language = body["language"].string { user.locale = language }
        users[user.id] = user
        var ticket = ZendeskTicket(
            id: ticketID.take(), subject: body["subject"].string ?? "A question", requesterID: user.id,
            createdAt: call.request.now, updatedAt: call.request.now)
        ticket.tags = (body["tags"].array ?? []).compactMap(\.string)
        ticketIDs.append(ticket.id)
        return write(body["body"].string ?? "Hello", on: ticket, event: "ticket.created", call)
    }

    /// `{"body"}`
    private mutating func answerAsCustomer(_ call: Call) throws -> SimulatedResponse {
        guard let text = call.request.json["body"].string, !text.isEmpty else {
            throw Refusal(response: .problem(422, "body holds what the customer writes."))
        }
        let ticket = try ticket(call.id("id"))
        guard ticket.status != "closed" else { throw Refusal(response: .problem(409, "The ticket is closed.")) }
        return write(text, on: ticket, event: "ticket.comment_added", call)
    }

    /// `{"status"}`: somebody at the helpdesk, or its automation, moves the ticket on.
    private mutating func setStatusByHand(_ call: Call) throws -> SimulatedResponse {
        var ticket = try ticket(call.id("id"))
        guard let status = call.request.json["status"].string, ZendeskTicket.statuses.contains(status) else {
            let known = ZendeskTicket.statuses.sorted().joined(separator: ", ")
            throw Refusal(response: .problem(422, "status must be one of \(known)."))
        }
        ticket.status = status
        ticket.updatedAt = call.request.now
        tickets[ticket.id] = ticket
        announce("ticket.status_changed", ticket, now: call.request.now)
        return .json(ticket.json())
    }

    private mutating func write(
        _ text: String, on ticket: ZendeskTicket, event: String, _ call: Call
    ) -> SimulatedResponse {
        var change = ZendeskChange()
        change.comment = .init(text: text, html: nil, isPublic: true, authorID: nil, uploads: [])
        _ = apply(change, to: ticket, author: ticket.requesterID, now: call.request.now)
        guard let kept = tickets[ticket.id] else { return .problem(500, "The ticket was not kept.") }
        announce(event, kept, now: call.request.now)
        return .json(kept.json(), status: 201)
    }
}
