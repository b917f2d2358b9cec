import Foundation

/// Creating and changing tickets.
extension GorgiasSimulator {
    mutating func createTicket(_ call: Call) throws -> SimulatedResponse {
        let fields = StrictFields(object: call.request.json.object ?? JSONObject(), refuse: Refusal.gorgias)
        try fields.allow([
            "messages", "subject", "channel", "via", "from_agent", "customer", "status", "tags", "external_id", "spam",
            "language", "assignee_user", "assignee_team", "custom_fields", "created_datetime",
        ])
        let messages = try fields.list("messages")
        guard (1...500).contains(messages.count) else {
            throw Refusal.gorgias("messages", .wrong("a ticket needs 1 to 500 messages"))
        }
        let sender = try messages[0].nested("sender")?.text("email") ?? fields.nested("customer")?.requiredText("email")
        guard let email = sender else { throw Refusal.gorgias("customer", .missing) }
        let drafts = try messages.map { try GorgiasMessageDraft($0, now: call.request.now) }
        var ticket = newTicket(
            email: email, name: nil, subject: try fields.text("subject") ?? "",
            channel: try fields.text("channel") ?? "email", now: call.request.now)
        ticket.externalID = try fields.text("external_id")
        try change(&ticket, fields)
        keep(ticket, event: "ticket-created", now: call.request.now)
        for draft in drafts { _ = try add(draft, to: ticket.id, now: call.request.now) }
        return .json(try self.ticket(ticket.id).json(), status: 201)
    }

    mutating func updateTicket(_ call: Call) throws -> SimulatedResponse {
        var ticket = try ticket(call.id("id"))
        let fields = StrictFields(object: call.request.json.object ?? JSONObject(), refuse: Refusal.gorgias)
        try fields.allow([
            "status", "tags", "assignee_user", "assignee_team", "custom_fields", "subject", "external_id", "spam",
            "language", "snooze_datetime", "is_unread",
        ])
        try change(&ticket, fields)
        if let subject = try fields.text("subject") { ticket.subject = subject }
        keep(ticket, event: "ticket-updated", now: call.request.now)
        return .json(try self.ticket(ticket.id).json())
    }

    mutating func newTicket(
        email: String, name: String?, subject: String, channel: String, now: Date
    ) -> GorgiasTicket {
        let customer =
            customers[email.lowercased()]
            ?? GorgiasCustomer(
                id: customerID.take(), email: email,
                name: name ?? email.split(separator: "@").first.map { $0.capitalized } ?? email)
        customers[email.lowercased()] = customer
        let ticket = GorgiasTicket(
            id: ticketID.take(), channel: channel, subject: subject, customer: customer, createdAt: now, updatedAt: now)
        ticketIDs.append(ticket.id)
        return ticket
    }

    /// Stores a changed ticket and tells of it.
    mutating func keep(_ ticket: GorgiasTicket, event: String, now: Date) {
        var ticket = ticket
        ticket.updatedAt = now
        tickets[ticket.id] = ticket
        announce(event, ticket, nil, now: now)
    }

    /// What is given is put in the place of what was there, tags included.
    private mutating func change(_ ticket: inout GorgiasTicket, _ fields: StrictFields) throws {
        if let status = try fields.choice("status", of: ["open", "closed"]) {
            ticket.closedAt = status == "closed" ? ticket.closedAt ?? ticket.updatedAt : nil
            ticket.status = status
        }
        if fields.object["tags"] != nil {
            ticket.tags = try fields.list("tags").map { tag in
                try tag.allow(["id", "name"])
                return self.tag(try tag.requiredText("name"))
            }
        }
        for field in try fields.list("custom_fields") {
            try field.allow(["id", "value", "prediction"])
            guard let id = try field.whole("id") else { throw Refusal.gorgias("custom_fields.id", .missing) }
            ticket.fields.removeAll { $0.id == id }
            let value = field.object["value"] ?? .null
            if !value.isNull { ticket.fields.append((id: id, value: value)) }
        }
        if let language = try fields.text("language") { ticket.language = language }
        if let assignee = fields.object["assignee_user"] { ticket.assignee = assignee }
    }

    private mutating func tag(_ name: String) -> GorgiasTicket.Tag {
        let id = tagIDs[name.lowercased()] ?? tagID.take()
        tagIDs[name.lowercased()] = id
        return GorgiasTicket.Tag(id: id, name: name)
    }
}
