import Commerce
import Contracts

extension WebhookReader.Record {
    /// Never with the secret.
    var json: JSON {
        [
            "id": .id(id), "url": .string(url), "description": .text(description), "events": .strings(events),
            "ordered": .bool(ordered), "status": .string(status), "status_reason": .text(statusReason),
            "failing_since": .time(failingSince), "failures": .int(failures), "warned_percent": .int(warnedPercent),
            "created_at": .time(createdAt), "updated_at": .time(updatedAt),
        ]
    }

    /// The verbs that are possible now.
    var allowedVerbs: [String] {
        switch status {
        case "active": ["pause", "test", "rotate-secret", "remove"]
        default: ["resume", "rotate-secret", "remove"]
        }
    }
}

extension DeliveryReader.Record {
    var json: JSON {
        [
            "id": .id(id), "webhook_id": .id(webhookID), "event_id": .string(eventID), "type": .string(type),
            "subject": .string(subject), "status": .string(status), "test": .bool(isTest), "attempts": .int(attempts),
            "next_attempt_at": status == "pending" ? .time(nextAttemptAt) : .null,
            "last_status": .number(lastStatus), "last_error": .text(lastError), "occurred_at": .time(occurredAt),
            "created_at": .time(createdAt), "finished_at": .time(finishedAt),
        ]
    }

    func json(with attempts: [DeliveryReader.Attempt]) -> JSON {
        json.adding(["payload": StoredBody.json(body), "attempt_log": .array(attempts.map(\.json))])
    }
}

extension DeliveryReader.Attempt {
    fileprivate var json: JSON {
        [
            "attempt": .int(number), "at": .time(at), "status": .number(status),
            "latency_ms": .int(latencyMilliseconds), "error": .text(error), "answer": .text(isTaken ? answer : nil),
        ]
    }

    /// WHY: what a call that failed was answered is not shown: an address that should not have been reached would tell
    /// here what is inside.
    private var isTaken: Bool { status.map { (200...299).contains($0) } ?? false }
}
