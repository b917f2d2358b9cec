import Foundation

/// A ticket with its changes.
struct ZendeskTicket: Sendable {
    struct Comment: Sendable {
        var id: Int
        var authorID: Int
        var text: String
        var html: String?
        var isPublic: Bool
        var attachments: [JSON]
    }

    /// One change: what was written in it, and what its maker noted for himself.
    struct Audit: Sendable {
        var id: Int
        var authorID: Int
        var createdAt: Date
        var metadata: JSON
        var comment: Comment?
    }

    static let statuses: Set<String> = ["new", "open", "pending", "hold", "solved", "closed"]

    var id: Int
    var subject: String
    var status = "new"
    var requesterID: Int
    var externalID: String?
    var tags: [String] = []
    /// By the id of the field.
    var fields: [(id: Int, value: JSON)] = []
    var audits: [Audit] = []
    var createdAt: Date
    var updatedAt: Date

    var comments: [(audit: Audit, comment: Comment)] {
        audits.compactMap { audit in audit.comment.map { (audit, $0) } }
    }

    func json() -> JSON {
        [
            "id": .int(id), "url": .string("https://support.example/api/v2/tickets/\(id).json"),
            "external_id": .text(externalID), "subject": .string(subject), "raw_subject": .string(subject),
            "description": .string(comments.first?.comment.text ?? ""), "status": .string(status),
            "priority": nil, "type": nil, "requester_id": .int(requesterID), "submitter_id": .int(requesterID),
            "assignee_id": nil, "tags": .array(tags.map(JSON.string)),
            "custom_fields": .array(fields.map { ["id": .int($0.id), "value": $0.value] }),
            "created_at": .string(ZendeskTicket.moment(createdAt)),
            "updated_at": .string(ZendeskTicket.moment(updatedAt)),
        ]
    }

    /// What the customer has got.
    func customerView() -> JSON {
        let seen = comments.filter(\.comment.isPublic)
        return [
            "subject": .string(subject), "status": .string(status),
            "messages": .array(
                seen.map { audit, comment in
                    [
                        "from": comment.authorID == requesterID ? "customer" : "shop", "text": .string(comment.text),
                        "html": .text(comment.html), "at": .string(ZendeskTicket.moment(audit.createdAt)),
                        "attachments": .array(comment.attachments.map { $0["file_name"] }),
                    ]
                }),
        ]
    }

    /// `2026-03-04T10:15:30Z`
    static func moment(_ date: Date) -> String { date.formatted(.iso8601) }
}

extension ZendeskTicket.Comment {
    func json(_ audit: ZendeskTicket.Audit) -> JSON {
        [
            "id": .int(id), "type": "Comment", "author_id": .int(authorID), "body": .string(text),
            "html_body": .string(html ?? "<div>\(text)</div>"), "plain_body": .string(text), "public": .bool(isPublic),
            "attachments": .array(attachments), "audit_id": .int(audit.id),
            "created_at": .string(ZendeskTicket.moment(audit.createdAt)),
            "metadata": ["system": [:], "custom": audit.metadata],
        ]
    }
}

extension ZendeskTicket.Audit {
    func json(ticket: Int) -> JSON {
        [
            "id": .int(id), "ticket_id": .int(ticket), "created_at": .string(ZendeskTicket.moment(createdAt)),
            "author_id": .int(authorID), "metadata": ["system": [:], "custom": metadata],
            "events": .array(comment.map { [$0.json(self)] } ?? []),
        ]
    }
}
