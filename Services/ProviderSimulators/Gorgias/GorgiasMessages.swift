import Foundation

/// Writing on tickets. There is no idempotency key: the same message twice is two messages.
extension GorgiasSimulator {
    mutating func createMessage(_ call: Call) throws -> SimulatedResponse {
        let id = try ticket(call.id("id")).id
        let fields = StrictFields(object: call.request.json.object ?? JSONObject(), refuse: Refusal.gorgias)
        let draft = try GorgiasMessageDraft(fields, now: call.request.now)
        return .json(try add(draft, to: id, now: call.request.now).json(), status: 201)
    }

    /// Adds a message; a reply leaves a moment later.
    mutating func add(_ draft: GorgiasMessageDraft, to ticketID: Int, now: Date) throws -> GorgiasMessage {
        var ticket = try ticket(ticketID)
        let message = GorgiasMessage(
            id: messageID.take(), ticketID: ticketID, fields: draft.fields, isFromAgent: draft.isFromAgent,
            createdAt: now, sentAt: draft.sentAt)
        ticket.messages.append(message)
        ticket.updatedAt = now
        // What a customer writes opens a closed ticket again.
        if !draft.isFromAgent { (ticket.status, ticket.closedAt) = ("open", nil) }
        tickets[ticketID] = ticket
        announce("ticket-message-created", ticket, message, now: now)
        if draft.leaves { emit(.later(after: Self.sendingDelay, .send(message: message.id, ofTicket: ticketID))) }
        return message
    }

    mutating func perform(_ action: Action, now: Date) {
        guard case .send(let id, let ticketID) = action, var ticket = tickets[ticketID],
            let index = ticket.messages.firstIndex(where: { $0.id == id })
        else { return }
        let from = ticket.messages[index].fields["source"]?["from"]["address"].string
        if from?.lowercased() == settings.fromAddress.lowercased() {
            ticket.messages[index].sentAt = now
            tickets[ticketID] = ticket
        } else {
            ticket.messages[index].failedAt = now
            ticket.messages[index].error = "The address \(from ?? "") belongs to no connected integration."
            tickets[ticketID] = ticket
            announce("ticket-message-failed", ticket, ticket.messages[index], now: now)
        }
    }

    /// `POST /api/upload?type=attachment`, one file as form data.
    mutating func upload(_ call: Call) throws -> SimulatedResponse {
        guard call.request.query("type") == "attachment" else {
            throw Refusal.gorgias("type", .wrong("must be attachment"))
        }
        guard let file = FormFile(call.request) else {
            throw Refusal.gorgias("file", .wrong("must be form data with a file"))
        }
        let url = "\(call.request.origin)\(call.request.prefix)/uploads/\(uploadID.take())/\(file.name)"
        let stored: JSON = [
            "url": .string(url), "name": .string(file.name), "size": .int(file.size),
            "content_type": .string(file.contentType),
        ]
        uploads.append(stored)
        return .json([stored], status: 201)
    }
}

/// A message as it is asked for, checked.
struct GorgiasMessageDraft: Sendable {
    private static let noteChannel = "internal-note"

    let fields: JSONObject
    let isFromAgent: Bool
    let sentAt: Date?
    /// Whether it is sent to the customer after it was posted.
    let leaves: Bool

    init(_ body: StrictFields, now: Date) throws {
        try body.allow([
            "channel", "via", "from_agent", "body_html", "body_text", "subject", "sender", "receiver", "source",
            "attachments", "external_id", "integration_id", "message_id", "sent_datetime", "headers", "mention_ids",
            "public", "created_datetime",
        ])
        let channel = try body.requiredText("channel")
        _ = try body.requiredText("via")
        guard let isFromAgent = try body.flag("from_agent") else { throw Refusal.gorgias("from_agent", .missing) }
        _ = try body.text("external_id", max: 255)
        let isEmpty = try body.text("body_text")?.isEmpty != false && body.text("body_html")?.isEmpty != false
        guard !isEmpty else { throw Refusal.gorgias("body_text", .missing) }
        try Self.checkAttachments(body)
        let isNote = channel == Self.noteChannel
        try Self.checkPeople(body, isNote: isNote, isFromAgent: isFromAgent)
        let sent = try body.text("sent_datetime")
        self.isFromAgent = isFromAgent
        fields = body.object
        // A message that says when it was sent is only recorded.
        leaves = isFromAgent && !isNote && sent == nil
        sentAt = leaves ? nil : now
    }

    private static func checkAttachments(_ body: StrictFields) throws {
        for file in try body.list("attachments") {
            try file.allow(["url", "name", "size", "content_type", "public"])
            let url = try file.requiredText("url")
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                throw Refusal.gorgias("attachments.url", .wrong("must be a URL"))
            }
            _ = try file.requiredText("name")
            _ = try file.requiredText("content_type")
            _ = try file.whole("size")
        }
    }

    /// A reply names who gets it; a note and what a customer wrote name nobody.
    private static func checkPeople(_ body: StrictFields, isNote: Bool, isFromAgent: Bool) throws {
        let receiver = try body.nested("receiver")
        guard isFromAgent, !isNote else {
            if receiver != nil { throw Refusal.gorgias("receiver", .wrong("must not be given here")) }
            if isNote, !isFromAgent { throw Refusal.gorgias("from_agent", .wrong("only agents write notes")) }
            return
        }
        guard let receiver else { throw Refusal.gorgias("receiver", .missing) }
        _ = try receiver.text("email")
        let source = try body.requiredNested("source")
        _ = try source.requiredText("type")
        _ = try source.requiredNested("from").requiredText("address")
        guard try !source.list("to").isEmpty else { throw Refusal.gorgias("source.to", .missing) }
    }
}
