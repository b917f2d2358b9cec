import Commerce

/// Something written on a ticket of Gorgias.
public struct GorgiasMessage: Sendable, Decodable {
    public let id: String
    public let ticketID: String?
    public let isFromAgent: Bool
    /// Whether the customer sees it.
    public let isPublic: Bool
    public let channel: String?
    public let text: String?
    public let html: String?
    public let senderEmail: String?
    /// Ours alone: Gorgias does not use it.
    public let externalID: String?
    public let attachments: [GorgiasAttachment]
    public let createdAt: String?
    /// Sending is apart from posting: a message that is posted may still fail to be sent.
    public let delivery: HelpdeskDelivery
}

extension GorgiasMessage {
    private enum CodingKeys: String, CodingKey {
        case id, channel, sender, attachments
        case ticketID = "ticket_id"
        case isFromAgent = "from_agent"
        case isPublic = "public"
        case text = "body_text"
        case html = "body_html"
        case externalID = "external_id"
        case createdAt = "created_datetime"
        case sentAt = "sent_datetime"
        case failedAt = "failed_datetime"
        case lastError = "last_sending_error"
    }

    private struct Sender: Decodable {
        let email: String?
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        ticketID = try container.nonEmptyText(.ticketID)
        isFromAgent = try container.flag(.isFromAgent) ?? false
        channel = try container.nonEmptyText(.channel)
        // WHY: where it is left out, only the channel of notes keeps a message from the customer.
        isPublic = try container.flag(.isPublic) ?? (channel != GorgiasMessageRequest.noteChannel)
        text = try container.nonEmptyText(.text)
        html = try container.nonEmptyText(.html)
        senderEmail = try container.decodeIfPresent(Sender.self, forKey: .sender)?.email
        externalID = try container.nonEmptyText(.externalID)
        attachments = try container.list(.attachments)
        createdAt = try container.nonEmptyText(.createdAt)
        delivery = try Self.delivery(of: container)
    }

    private static func delivery(of container: KeyedDecodingContainer<CodingKeys>) throws -> HelpdeskDelivery {
        if try container.nonEmptyText(.failedAt) != nil {
            let error = try container.decodeIfPresent(JSONValue.self, forKey: .lastError)
            return .failed(reason: error?.text ?? error?["error"]?.text)
        }
        return try container.nonEmptyText(.sentAt) == nil ? .pending : .delivered
    }
}

/// A file that Gorgias keeps, to be named in a message.
public struct GorgiasAttachment: Sendable, Equatable, Codable {
    public let url: String
    public let name: String?
    public let size: Int?
    public let contentType: String?

    private enum CodingKeys: String, CodingKey {
        case url, name, size
        case contentType = "content_type"
    }
}
