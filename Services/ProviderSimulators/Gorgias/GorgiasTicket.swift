import Foundation

/// A conversation of one customer.
struct GorgiasTicket: Sendable {
    struct Tag: Sendable, Equatable {
        var id: Int
        var name: String
    }

    var id: Int
    var externalID: String?
    var status = "open"
    var channel: String
    var language = "en"
    var subject: String
    var customer: GorgiasCustomer
    var tags: [Tag] = []
    /// By the id of the field, in the order in which they were set.
    var fields: [(id: Int, value: JSON)] = []
    var assignee: JSON = nil
    var messages: [GorgiasMessage] = []
    var createdAt: Date
    var updatedAt: Date
    var closedAt: Date?

    func json() -> JSON {
        [
            "id": .int(id), "uri": .string("/api/tickets/\(id)/"), "external_id": .text(externalID),
            "status": .string(status), "channel": .string(channel), "via": .string(channel),
            "from_agent": .bool(messages.first?.isFromAgent ?? false), "spam": false, "language": .string(language),
            "subject": .string(subject), "customer": customer.json(), "assignee_user": assignee, "assignee_team": nil,
            "tags": .array(tags.map { ["id": .int($0.id), "name": .string($0.name)] }),
            "custom_fields": .array(fields.map { ["id": .int($0.id), "value": $0.value] }),
            "messages_count": .int(messages.count), "is_unread": true, "created_datetime": written(createdAt),
            "opened_datetime": nil,
            "last_received_message_datetime": written(messages.last { !$0.isFromAgent }?.createdAt),
            "last_message_datetime": written(messages.last?.createdAt), "updated_datetime": written(updatedAt),
            "closed_datetime": written(closedAt), "snooze_datetime": nil, "trashed_datetime": nil,
            "messages": .array(messages.map { $0.json() }),
        ]
    }

    /// What the customer has got: what was sent, without notes and what failed.
    func customerView() -> JSON {
        let seen = messages.filter { $0.isPublic && ($0.sentAt != nil || !$0.isFromAgent) }
        return [
            "subject": .string(subject), "status": .string(status),
            "messages": .array(
                seen.map { message in
                    [
                        "from": message.isFromAgent ? "shop" : "customer", "text": message.json()["body_text"],
                        "html": message.json()["body_html"], "at": message.json()["created_datetime"],
                        "attachments": .array((message.fields["attachments"]?.array ?? []).map { $0["name"] }),
                    ]
                }),
        ]
    }

    private func written(_ date: Date?) -> JSON { .text(date.map(GorgiasTicket.moment)) }

    /// `2026-03-04T10:15:30.123456`: UTC without saying so, with microseconds.
    static func moment(_ date: Date) -> String { "\(Timestamps.utc(date).dropLast())000" }
}

struct GorgiasCustomer: Sendable {
    var id: Int
    var email: String
    var name: String

    func json() -> JSON {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        return [
            "id": .int(id), "email": .string(email), "name": .string(name), "firstname": .text(words.first),
            "lastname": .text(words.count > 1 ? words[1] : nil),
        ]
    }
}

/// Something written on a ticket.
struct GorgiasMessage: Sendable {
    var id: Int
    var ticketID: Int
    /// As it was sent.
    var fields: JSONObject
    var isFromAgent: Bool
    var createdAt: Date
    var sentAt: Date?
    var failedAt: Date?
    var error: String?

    var isPublic: Bool { fields["channel"] != "internal-note" && fields["public"]?.bool != false }

    func json() -> JSON {
        let given = [
            "channel", "via", "subject", "body_text", "body_html", "sender", "receiver", "source", "external_id",
            "attachments", "integration_id", "message_id",
        ]
        var object = JSONObject([
            ("id", .int(id)), ("ticket_id", .int(ticketID)), ("from_agent", .bool(isFromAgent)),
            ("public", .bool(isPublic)),
        ])
        for name in given { object[name] = fields[name] ?? (name == "attachments" ? [] : .null) }
        object["created_datetime"] = .string(GorgiasTicket.moment(createdAt))
        object["sent_datetime"] = .text(sentAt.map(GorgiasTicket.moment))
        object["failed_datetime"] = .text(failedAt.map(GorgiasTicket.moment))
        object["last_sending_error"] = .text(error)
        return .object(object)
    }
}
