import Commerce

/// A ticket as Zendesk has it.
public struct ZendeskTicket: Sendable, Decodable {
    public enum Status: Sendable, Equatable {
        case new, open, pending, hold, solved
        /// Nothing can be changed any more.
        case closed
        case unrecognized(String)

        init(_ text: String) {
            self = Self.words[text] ?? .unrecognized(text)
        }

        private static let words: [String: Status] = [
            "new": .new, "open": .open, "pending": .pending, "hold": .hold, "solved": .solved, "closed": .closed,
        ]
    }

    public let id: String
    public let subject: String?
    public let status: Status
    public let requesterID: String?
    public let externalID: String?
    public let tags: [String]
    /// By the id of the field; those without a value are left out.
    public let customFields: [String: String]
    /// Also the stamp that a safe update names.
    public let updatedAt: String?
    public let createdAt: String?

    private enum CodingKeys: String, CodingKey {
        case id, subject, status, tags
        case requesterID = "requester_id"
        case externalID = "external_id"
        case customFields = "custom_fields"
        case updatedAt = "updated_at"
        case createdAt = "created_at"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        subject = try container.nonEmptyText(.subject)
        status = Status(try container.text(.status) ?? "")
        requesterID = try container.nonEmptyText(.requesterID)
        externalID = try container.nonEmptyText(.externalID)
        tags = try container.list(.tags)
        customFields = try container.list(.customFields, of: JSONValue.self).reduce(into: [:]) { fields, field in
            guard let id = field["id"]?.text, let value = field["value"]?.text else { return }
            fields[id] = value
        }
        updatedAt = try container.nonEmptyText(.updatedAt)
        createdAt = try container.nonEmptyText(.createdAt)
    }
}

/// A person at Zendesk: customer or agent.
public struct ZendeskUser: Sendable, Decodable {
    public let id: String
    public let name: String?
    public let email: String?
    /// `end-user`, `agent` or `admin`.
    public let role: String?
    /// The language that Zendesk writes to them in, e.g. `fr` or `en-US`. Source: Zendesk's reference of users.
    public let locale: String?

    private enum CodingKeys: CodingKey { case id, name, email, role, locale }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        name = try container.nonEmptyText(.name)
        email = try container.nonEmptyText(.email)
        role = try container.nonEmptyText(.role)
        locale = try container.nonEmptyText(.locale)
    }
}
