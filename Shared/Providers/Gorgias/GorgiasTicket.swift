import Commerce

/// A ticket as Gorgias has it.
public struct GorgiasTicket: Sendable, Decodable {
    public enum Status: Sendable, Equatable {
        case open
        case closed
        case unrecognized(String)

        init(_ text: String) {
            self = text == "open" ? .open : text == "closed" ? .closed : .unrecognized(text)
        }
    }

    public struct Customer: Sendable, Equatable, Decodable {
        public let id: String?
        public let email: String?
        public let name: String?

        private enum CodingKeys: CodingKey { case id, email, name }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.nonEmptyText(.id)
            email = try container.nonEmptyText(.email)
            name = try container.nonEmptyText(.name)
        }
    }

    public let id: String
    public let status: Status
    public let channel: String?
    public let subject: String?
    /// The language the customer writes in, e.g. `fr`.
    public let language: String?
    public let externalID: String?
    public let customer: Customer?
    public let tags: [String]
    /// By the id of the field.
    public let customFields: [String: String]
    /// UTC without saying so, e.g. `2026-03-04T10:15:30.123456`.
    public let updatedAt: String?
    public let lastReceivedMessageAt: String?
}

extension GorgiasTicket {
    private enum CodingKeys: String, CodingKey {
        case id, status, channel, subject, language, customer, tags
        case externalID = "external_id"
        case customFields = "custom_fields"
        case updatedAt = "updated_datetime"
        case lastReceivedMessageAt = "last_received_message_datetime"
    }

    private struct Tag: Decodable {
        let name: String
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        status = Status(try container.text(.status) ?? "")
        channel = try container.nonEmptyText(.channel)
        subject = try container.nonEmptyText(.subject)
        language = try container.nonEmptyText(.language)
        externalID = try container.nonEmptyText(.externalID)
        customer = try container.decodeIfPresent(Customer.self, forKey: .customer)
        tags = try container.list(.tags, of: Tag.self).map(\.name)
        customFields = try container.decodeIfPresent(GorgiasFields.self, forKey: .customFields)?.values ?? [:]
        updatedAt = try container.nonEmptyText(.updatedAt)
        lastReceivedMessageAt = try container.nonEmptyText(.lastReceivedMessageAt)
    }
}

/// Custom fields as a list of `{"id","value"}` or as a map from the id to one of them.
private struct GorgiasFields: Decodable {
    let values: [String: String]

    init(from decoder: any Decoder) throws {
        let entries: [JSONValue]
        switch try JSONValue(from: decoder) {
        case .array(let elements): entries = elements
        case .object(let members):
            entries = members.map { id, field in ["id": .string(id), "value": field["value"] ?? field] }
        case .null, .bool, .number, .string: entries = []
        }
        values = entries.reduce(into: [:]) { values, entry in
            guard let id = entry["id"]?.text, let value = entry["value"]?.text else { return }
            values[id] = value
        }
    }
}
