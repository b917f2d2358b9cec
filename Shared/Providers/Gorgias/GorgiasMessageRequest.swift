/// The body of `POST /api/tickets/{id}/messages`: a reply by e-mail, or a note for agents.
struct GorgiasMessageRequest: Encodable {
    static let noteChannel = "internal-note"

    private struct Person: Encodable {
        let email: String
    }

    private struct Address: Encodable {
        let address: String
        let name: String?
    }

    private struct Source: Encodable {
        let type: String
        var from: Address?
        var to: [Address]?
    }

    private let channel: String
    private let via: String
    private let fromAgent = true
    private let externalID: String
    private let subject: String?
    private let sender: Person
    private let receiver: Person?
    private let source: Source
    private let text: String
    private let html: String?
    private let attachments: [GorgiasAttachment]?

    private enum CodingKeys: String, CodingKey {
        case channel, via, subject, sender, receiver, source, attachments
        case fromAgent = "from_agent"
        case externalID = "external_id"
        case text = "body_text"
        case html = "body_html"
    }

    /// A reply that goes to the customer.
    init(
        reply draft: HelpdeskDraft, to email: String, on ticket: GorgiasTicket, _ attachments: [GorgiasAttachment],
        _ settings: GorgiasSettings
    ) {
        channel = "email"
        via = "api"
        subject = ticket.subject.map { $0.lowercased().hasPrefix("re:") ? $0 : "Re: \($0)" }
        receiver = Person(email: email)
        source = Source(
            type: "email", from: Address(address: settings.fromAddress, name: settings.fromName),
            to: [Address(address: email, name: ticket.customer?.name)])
        externalID = draft.key
        sender = Person(email: settings.username)
        text = draft.text
        html = draft.html
        self.attachments = attachments.isEmpty ? nil : attachments
    }

    /// A note that only agents see.
    init(note draft: HelpdeskDraft, _ attachments: [GorgiasAttachment], _ settings: GorgiasSettings) {
        channel = Self.noteChannel
        via = Self.noteChannel
        subject = nil
        receiver = nil
        source = Source(type: Self.noteChannel)
        externalID = draft.key
        sender = Person(email: settings.username)
        text = draft.text
        html = draft.html
        self.attachments = attachments.isEmpty ? nil : attachments
    }
}
