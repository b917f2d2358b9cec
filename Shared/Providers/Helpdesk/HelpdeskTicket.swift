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
