import Commerce

/// What every helpdesk can do with a ticket.
///
/// *Guarantees*: a message is posted once for its key; the other writes say what shall be, so repeating them is harmless.
public protocol Helpdesk: Sendable {
    /// The ticket with its customer. Failure: `refused` when there is none.
    func ticket(id: String) async throws(ProviderFailure) -> HelpdeskTicket

    /// What was written on a ticket, oldest first.
    func messages(ofTicket id: String) async throws(ProviderFailure) -> [HelpdeskMessage]

    /// Posts a message with its attachments, unless one with its key is there.
    ///
    /// After `unknownOutcome` the same call may be made once the settle time has passed: what landed late is found then.
    func post(_ message: HelpdeskDraft, onTicket id: String) async throws(ProviderFailure) -> HelpdeskMessage

    /// Adds tags and leaves the others alone.
    func addTags(_ tags: [String], toTicket id: String) async throws(ProviderFailure)

    /// Removes tags; those it does not have are no error.
    func removeTags(_ tags: [String], fromTicket id: String) async throws(ProviderFailure)

    /// Sets custom fields, by the helpdesk's id of the field, and leaves the others alone.
    func setFields(_ fields: [HelpdeskField], ofTicket id: String) async throws(ProviderFailure)

    func setStatus(_ status: HelpdeskStatus, ofTicket id: String) async throws(ProviderFailure)
}

/// How far a ticket is. A helpdesk that knows fewer states takes the nearest of its own.
public enum HelpdeskStatus: String, Sendable, Equatable, Codable {
    case open
    /// The customer's turn.
    case pending
    case solved
    /// Cannot be written on any more where the helpdesk makes that difference.
    case closed
}

/// A ticket as people see it.
public struct HelpdeskTicket: Sendable, Equatable {
    public var id: String
    public var subject: String?
    /// Nil for a state nobody here knows.
    public var status: HelpdeskStatus?
    public var customer: HelpdeskCustomer?
    public var tags: [String]
    public var fields: [HelpdeskField]
    /// As the helpdesk wrote it.
    public var updatedAt: String?
}

public struct HelpdeskCustomer: Sendable, Equatable {
    public var id: String?
    public var email: String?
    public var name: String?
}

/// A custom field of a ticket; nil is no value.
public struct HelpdeskField: Sendable, Equatable {
    public var id: String
    public var value: String?

    public init(id: String, value: String?) {
        self.id = id
        self.value = value
    }
}

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
}

/// Something to write on a ticket.
public struct HelpdeskDraft: Sendable, Equatable {
    /// What keeps it from being posted twice: names what the message says, never the attempt. At most 200 characters.
    public var key: String
    /// Whether the customer gets it; otherwise it is a note for agents.
    public var isPublic: Bool
    public var text: String
    /// Instead of the text where the reader shows it.
    public var html: String?
    public var attachments: [HelpdeskAttachment]

    public init(
        key: String, isPublic: Bool, text: String, html: String? = nil, attachments: [HelpdeskAttachment] = []
    ) {
        self.key = key
        self.isPublic = isPublic
        self.text = text
        self.html = html
        self.attachments = attachments
    }
}

/// A file that travels with a message.
public struct HelpdeskAttachment: Sendable, Equatable {
    /// Without a path, e.g. `label.pdf`.
    public var name: String
    /// E.g. `application/pdf`.
    public var contentType: String
    public var bytes: [UInt8]

    public init(name: String, contentType: String, bytes: [UInt8]) {
        // WHY: a name from outside must not end a header or a parameter of the upload.
        self.name = String(name.map { Self.unsafe.contains($0) || $0.isNewline ? "_" : $0 })
        self.contentType = String(contentType.filter { $0.isASCII && !$0.isWhitespace && $0 != ";" && $0 != "\"" })
        self.bytes = bytes
    }

    private static let unsafe: Set<Character> = ["\"", "\\", "/", ";", "\0"]
}
