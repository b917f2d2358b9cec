import Commerce

/// What Zendesk posts: the members of our trigger's body, or of an event. A hint; read the ticket again.
public struct ZendeskNotification: Sendable, Equatable, Decodable {
    public let ticketID: String?
    /// `ticket.created`, `ticket.comment_added`, …; nil where the body does not say.
    public let event: String?

    private enum CodingKeys: String, CodingKey {
        case event, type, detail
        case ticketID = "ticket_id"
    }

    private static let eventPrefix = "zen:event-type:"

    /// Failure: `DecodingError` for a body that is no JSON object.
    public init(json: [UInt8]) throws {
        self = try ProviderJSON.decode(ZendeskNotification.self, from: json)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let detail = try container.decodeIfPresent(JSONValue.self, forKey: .detail)
        ticketID = try container.nonEmptyText(.ticketID) ?? detail?["id"]?.text
        if let type = try container.nonEmptyText(.type), type.hasPrefix(Self.eventPrefix) {
            event = String(type.dropFirst(Self.eventPrefix.count))
        } else {
            // WHY: an event holds an object under this name, a trigger's body a text.
            event = try container.decodeIfPresent(JSONValue.self, forKey: .event)?.text
        }
    }
}
