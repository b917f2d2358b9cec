import Commerce

/// One change of a ticket: what was written in it, and our key where it came from us.
public struct ZendeskAudit: Sendable, Decodable {
    public struct Comment: Sendable, Decodable {
        public let id: String
        public let isPublic: Bool
        public let text: String?
        public let html: String?
        public let authorID: String?
        public let attachmentNames: [String]
    }

    /// Where our key stands in the metadata of a change.
    static let keyName = "stateset_key"

    public let id: String
    public let createdAt: String?
    public let authorID: String?
    /// The key the change was made with.
    public let key: String?
    public let comments: [Comment]
}

extension ZendeskAudit {
    private enum CodingKeys: String, CodingKey {
        case id, metadata, events
        case createdAt = "created_at"
        case authorID = "author_id"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        createdAt = try container.nonEmptyText(.createdAt)
        authorID = try container.nonEmptyText(.authorID)
        key = try container.decodeIfPresent(JSONValue.self, forKey: .metadata)?["custom"]?[Self.keyName]?.text
        comments = try container.list(.events, of: Event.self).compactMap(\.comment)
    }

    /// An event of any kind; only comments are read.
    private struct Event: Decodable {
        let comment: Comment?

        private enum CodingKeys: CodingKey { case type }

        init(from decoder: any Decoder) throws {
            let type = try decoder.container(keyedBy: CodingKeys.self).text(.type)
            comment = type == "Comment" ? try Comment(from: decoder) : nil
        }
    }
}

extension ZendeskAudit.Comment {
    private enum CodingKeys: String, CodingKey {
        case id, body, attachments
        case isPublic = "public"
        case html = "html_body"
        case authorID = "author_id"
    }

    private struct Attachment: Decodable {
        let name: String?

        private enum CodingKeys: String, CodingKey { case name = "file_name" }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        isPublic = try container.flag(.isPublic) ?? true
        text = try container.nonEmptyText(.body)
        html = try container.nonEmptyText(.html)
        authorID = try container.nonEmptyText(.authorID)
        attachmentNames = try container.list(.attachments, of: Attachment.self).compactMap(\.name)
    }
}
