import Foundation

/// A change of a ticket as it is asked for, checked.
struct ZendeskChange: Sendable {
    struct Comment: Sendable {
        var text: String
        var html: String?
        var isPublic: Bool
        var authorID: Int?
        var uploads: [String]
    }

    var comment: Comment?
    var status: String?
    var tags: [String]?
    var fields: [(id: Int, value: JSON)] = []
    var metadata: JSON = [:]

    /// A change of nothing.
    init() {}

    init(_ body: StrictFields, uploads: [String: ZendeskSimulator.Upload], now: Date) throws {
        comment = try body.nested("comment").map { try Self.comment($0, uploads, now) }
        status = try body.choice("status", of: ZendeskTicket.statuses)
        if body.object["tags"] != nil { tags = try body.texts("tags") }
        fields = try body.list("custom_fields").map { field in
            try field.allow(["id", "value"])
            guard let id = try field.whole("id") else { throw Refusal.zendesk(field.path + "id", .missing) }
            return (id: id, value: field.object["value"] ?? .null)
        }
        if let given = try body.nested("metadata") { metadata = .object(given.object) }
    }

    private static func comment(
        _ body: StrictFields, _ uploads: [String: ZendeskSimulator.Upload], _ now: Date
    ) throws -> Comment {
        try body.allow(["body", "html_body", "public", "author_id", "uploads"])
        let html = try body.text("html_body")
        let text = try body.text("body")
        guard text?.isEmpty == false || html?.isEmpty == false else { throw Refusal.zendesk("comment.body", .missing) }
        let tokens = try body.texts("uploads")
        for token in tokens {
            guard let upload = uploads[token], upload.expiresAt > now else {
                throw Refusal.zendeskInvalid("base", "Uploads: token \(token) is invalid or has expired")
            }
        }
        // Of the two the HTML wins; agents' comments are public unless they say otherwise.
        return Comment(
            text: html.map(plain) ?? text ?? "", html: html, isPublic: try body.flag("public") ?? true,
            authorID: try body.whole("author_id"), uploads: tokens)
    }

    private static func plain(_ html: String) -> String {
        html.replacing(/<[^>]*>/, with: " ").trimmingCharacters(in: .whitespaces)
    }
}
