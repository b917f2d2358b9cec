/// Something written on a ticket.
public struct HelpdeskMessage: Sendable, Equatable {
    public var id: String
    /// Whether the customer sees it.
    public var isPublic: Bool
    /// Whether one of ours wrote it; nil where the helpdesk does not say.
    public var isFromAgent: Bool?
    public var text: String?
    /// The key it was posted with; nil for everything that others wrote.
    public var key: String?
    public var attachmentNames: [String]
    public var createdAt: String?
    /// Whether it has reached the customer's channel; a helpdesk that does not tell counts as having delivered it.
    public var delivery = HelpdeskDelivery.delivered
}

/// What became of a message after it was posted.
public enum HelpdeskDelivery: Sendable, Equatable {
    case pending
    case delivered
    /// It was not sent and will not be by itself.
    case failed(reason: String?)
}

/// Something to write on a ticket.
public struct HelpdeskDraft: Sendable, Equatable {
    /// What keeps it from being posted twice: names what the message says, never the attempt. At most 200 characters.
    public var key: String
    /// Whether the customer gets it; otherwise it is a note for agents.
    public var isPublic: Bool
    public var text: String
    /// The text in other languages, by code such as `fr`, for the ticket's; none where the text is in the reader's own.
    public var translations: [String: String]
    /// Instead of the text where the reader shows it.
    public var html: String?
    public var attachments: [HelpdeskAttachment]

    public init(
        key: String, isPublic: Bool, text: String, translations: [String: String] = [:], html: String? = nil,
        attachments: [HelpdeskAttachment] = []
    ) {
        self.key = key
        self.isPublic = isPublic
        self.text = text
        self.translations = translations
        self.html = html
        self.attachments = attachments
    }

    /// The same in a ticket's language.
    /// - Parameter language: a code such as `fr` or `fr-CA`; nil, or one that nobody has written, leaves the text as it is.
    public func translated(to language: String?) -> HelpdeskDraft {
        let code = language?.prefix { $0 != "-" && $0 != "_" }.lowercased() ?? ""
        guard let text = translations[code] else { return self }
        var draft = self
        (draft.text, draft.html) = (text, nil)
        return draft
    }
}
