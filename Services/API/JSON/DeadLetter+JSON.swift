import Messaging

extension DeadLetterReader.Letter {
    var json: JSON {
        [
            "id": .id(id),
            "service": .string(service.rawValue),
            "queue": .string(queue),
            "message_id": .text(messageID),
            "type": .text(type),
            "subject": .text(subject),
            "correlation_id": .text(correlationID),
            "reason": .string(reason),
            "detail": .string(detail),
            "status": .string(status),
            "created_at": .time(createdAt),
            "closed_at": .time(closedAt),
        ]
    }

    func json(with message: [UInt8]) -> JSON {
        json.adding([.init(name: "message", value: StoredBody.json(message))])
    }
}

extension DeadLetterReader.Group {
    var json: JSON {
        [
            "group": .text(value),
            "group_by": .string(grouping.rawValue),
            "count": .int(count),
            "oldest_at": .time(oldestAt),
            "newest_at": .time(newestAt),
        ]
    }
}
