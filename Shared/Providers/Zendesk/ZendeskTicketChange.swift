/// What a `PUT` of a ticket changes; what is nil stays as it is.
struct ZendeskTicketChange: Encodable {
    struct Comment: Encodable {
        private let body: String?
        private let html: String?
        private let isPublic: Bool
        private let uploads: [String]?

        private enum CodingKeys: String, CodingKey {
            case body, uploads
            case html = "html_body"
            case isPublic = "public"
        }

        init(_ draft: HelpdeskDraft, _ uploads: [String]) {
            body = draft.html == nil ? draft.text : nil
            html = draft.html
            // WHY: Zendesk's own default is public; a note must say that it is none.
            isPublic = draft.isPublic
            self.uploads = uploads.isEmpty ? nil : uploads
        }
    }

    var comment: Comment?
    var status: String?
    var tags: [String]?
    var fields: [HelpdeskField] = []
    var metadata: [String: String]?
    /// Makes it a safe update: refused when the ticket has changed since.
    var stamp: String?

    private enum CodingKeys: String, CodingKey {
        case comment, status, tags, metadata
        case fields = "custom_fields"
        case isSafe = "safe_update"
        case stamp = "updated_stamp"
    }

    private enum FieldKeys: CodingKey { case id, value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(comment, forKey: .comment)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(tags, forKey: .tags)
        try container.encodeIfPresent(metadata, forKey: .metadata)
        if let stamp {
            try container.encode(true, forKey: .isSafe)
            try container.encode(stamp, forKey: .stamp)
        }
        guard !fields.isEmpty else { return }
        var list = container.nestedUnkeyedContainer(forKey: .fields)
        for field in fields {
            var members = list.nestedContainer(keyedBy: FieldKeys.self)
            try members.encode(DecimalText(field.id), forKey: .id)
            try members.encode(field.value, forKey: .value)
        }
    }
}
