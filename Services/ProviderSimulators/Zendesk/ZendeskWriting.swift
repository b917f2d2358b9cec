import Foundation

/// Creating and changing tickets.
extension ZendeskSimulator {
    // How long the provider remembers the key of a creation.
    private static let keySeconds = 7200.0

    mutating func createTicket(_ call: Call) throws -> SimulatedResponse {
        let key = call.request.header("idempotency-key")
        creations = creations.filter { call.request.now.timeIntervalSince($0.value.at) < Self.keySeconds }
        if let key, let first = creations[key] {
            guard first.body == call.request.json else {
                throw Refusal.zendesk(400, "IdempotentRequestError", "The key was used with other parameters.")
            }
            var response = try created(first.ticket, hit: true)
            response.applied = false
            return response
        }
        let fields = try Self.ticketFields(call)
        try fields.allow([
            "subject", "comment", "requester", "external_id", "tags", "custom_fields", "status", "metadata",
        ])
        let requester = try fields.requiredNested("requester")
        let email = try requester.requiredText("email")
        let subject = try fields.text("subject") ?? ""
        let change = try ZendeskChange(fields, uploads: uploads, now: call.request.now)
        guard change.comment != nil else { throw Refusal.zendesk("comment", .missing) }
        let user = user(email: email, name: try requester.text("name"))
        var ticket = ZendeskTicket(
            id: ticketID.take(), subject: subject, requesterID: user.id, createdAt: call.request.now,
            updatedAt: call.request.now)
        ticket.externalID = try fields.text("external_id")
        ticketIDs.append(ticket.id)
        _ = apply(change, to: ticket, author: user.id, now: call.request.now)
        if let key { creations[key] = (call.request.json, ticket.id, call.request.now) }
        return try created(ticket.id, hit: key == nil ? nil : false)
    }

    mutating func updateTicket(_ call: Call) throws -> SimulatedResponse {
        let ticket = try open(call)
        let fields = try Self.ticketFields(call)
        try fields.allow([
            "comment", "status", "tags", "custom_fields", "metadata", "safe_update", "updated_stamp", "subject",
            "external_id", "assignee_id", "priority", "type",
        ])
        if try fields.flag("safe_update") == true {
            guard try fields.requiredText("updated_stamp") == ZendeskTicket.moment(ticket.updatedAt) else {
                throw Refusal.zendesk(409, "UpdateConflict", "Safe update prevented due to an outdated stamp.")
            }
        }
        let change = try ZendeskChange(fields, uploads: uploads, now: call.request.now)
        let audit = apply(change, to: ticket, author: Self.agentID, now: call.request.now)
        return .json([
            "ticket": try self.ticket(ticket.id).json(), "audit": audit.json(ticket: ticket.id),
        ])
    }

    /// Adds; the whole list is answered.
    mutating func addTags(_ call: Call) throws -> SimulatedResponse {
        var ticket = try open(call)
        let fields = StrictFields(object: call.request.json.object ?? JSONObject(), refuse: Refusal.zendesk)
        try fields.allow(["tags", "safe_update", "updated_stamp"])
        let tags = try fields.texts("tags")
        let missing = tags.filter { !ticket.tags.contains($0) }
        if !missing.isEmpty {
            ticket.tags += missing
            ticket.updatedAt = call.request.now
            tickets[ticket.id] = ticket
        }
        return .json(["tags": .array(ticket.tags.map(JSON.string))])
    }

    /// Enters a change as one audit and stores the ticket.
    mutating func apply(
        _ change: ZendeskChange, to ticket: ZendeskTicket, author: Int, now: Date
    ) -> ZendeskTicket.Audit {
        var ticket = ticket
        var audit = ZendeskTicket.Audit(
            id: auditID.take(), authorID: author, createdAt: now, metadata: change.metadata)
        if let comment = change.comment {
            audit.comment = ZendeskTicket.Comment(
                id: auditID.take(), authorID: comment.authorID ?? author, text: comment.text, html: comment.html,
                isPublic: comment.isPublic, attachments: comment.uploads.flatMap { uploads[$0]?.attachments ?? [] })
            // A token can be used once.
            for token in comment.uploads { uploads[token] = nil }
            if author == ticket.requesterID {
                ticket.status = ticket.audits.isEmpty ? "new" : "open"
            } else if ticket.status == "new" {
                ticket.status = "open"
            }
        }
        if let status = change.status { ticket.status = status }
        if let tags = change.tags { ticket.tags = tags }
        for field in change.fields {
            ticket.fields.removeAll { $0.id == field.id }
            ticket.fields.append(field)
        }
        ticket.audits.append(audit)
        ticket.updatedAt = now
        tickets[ticket.id] = ticket
        return audit
    }

    static func ticketFields(_ call: Call) throws -> StrictFields {
        let body = StrictFields(object: call.request.json.object ?? JSONObject(), refuse: Refusal.zendesk)
        try body.allow(["ticket"])
        return try body.requiredNested("ticket")
    }

    private func open(_ call: Call) throws -> ZendeskTicket {
        let ticket = try ticket(call.id("id"))
        guard ticket.status != "closed" else {
            throw Refusal.zendeskInvalid("base", "Status: closed prevents ticket update")
        }
        return ticket
    }

    private func created(_ id: Int, hit: Bool?) throws -> SimulatedResponse {
        let response = SimulatedResponse.json(["ticket": try ticket(id).json()], status: 201)
        return hit.map { response.adding("x-idempotency-lookup", $0 ? "hit" : "miss") } ?? response
    }
}
