/// What Gorgias posts: the members of our integration's form, every value a text. A hint; read the ticket again.
public struct GorgiasNotification: Sendable, Equatable, Decodable {
    public let ticketID: String?
    /// `ticket-created`, `ticket-message-created`, …
    public let event: String?
    public let messageID: String?
    /// When the ticket changed; tells two changes apart.
    public let updatedAt: String?

    private enum CodingKeys: String, CodingKey {
        case event
        case ticketID = "ticket_id"
        case messageID = "message_id"
        case updatedAt = "updated_datetime"
    }

    /// Failure: `DecodingError` for a body that is no JSON object of texts.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(GorgiasNotification.self, from: json)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        ticketID = try container.nonEmptyText(.ticketID)
        // WHY: an older page of Gorgias writes the names with underscores.
        event = try container.nonEmptyText(.event).map { String($0.map { $0 == "_" ? "-" : $0 }) }
        messageID = try container.nonEmptyText(.messageID)
        updatedAt = try container.nonEmptyText(.updatedAt)
    }
}
