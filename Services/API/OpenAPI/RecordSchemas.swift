import Messaging

/// Received webhooks, effects at providers, dead letters, keys, audit entries and schedules.
enum RecordSchemas {
    static var items: [JSON.Member] {
        [
            .init(name: "Received", value: received),
            .init(name: "DeadLetter", value: deadLetter),
            .init(name: "Key", value: key),
            .init(name: "AuditEntry", value: auditEntry),
            .init(name: "Schedule", value: ScheduleSchemas.schedule),
        ]
    }

    static var others: [JSON.Member] {
        [
            .init(
                name: "ReceivedWithPayload",
                value: Schemas.extending(
                    "Received", ["headers": Schemas.nullable(Schemas.texts), "payload": Schemas.anyValue])),
            .init(
                name: "DeadLetterWithMessage",
                value: Schemas.extending("DeadLetter", ["message": Schemas.anyValue])),
            .init(
                name: "DeadLetterEdit",
                value: Schemas.object(
                    ["reason": Schemas.reason, "data": Schemas.anyObject, "message": Schemas.anyObject],
                    optional: ["data", "message"])),
            .init(
                name: "DeadLetterGroupRequeue",
                value: Schemas.object(
                    [
                        "group": Schemas.nullableString,
                        "group_by": Schemas.oneOf(DeadLetterReader.Grouping.allCases.map(\.rawValue)),
                        "reason": Schemas.string, "cursor": Schemas.string,
                    ], optional: ["group_by", "reason", "cursor"])),
            .init(name: "ScheduleChange", value: ScheduleSchemas.change),
            .init(name: "Effect", value: effect),
            .init(name: "KeyWithSecret", value: Schemas.extending("Key", ["key": Schemas.nullableString])),
            .init(
                name: "KeyCreation",
                value: Schemas.object(
                    [
                        "name": Schemas.string, "role": Schemas.string, "scopes": Schemas.strings,
                        "principal": Schemas.string,
                    ], optional: ["role", "scopes", "principal"])),
        ]
    }

    private static var received: JSON {
        Schemas.object([
            "id": Schemas.id("whk"),
            "provider": Schemas.string,
            "topic": Schemas.nullableString,
            "delivery_id": Schemas.nullableString,
            "event_id": Schemas.nullableString,
            "status": Schemas.oneOf(["accepted", "quarantined"]),
            "reason": Schemas.nullableString,
            "duplicates": Schemas.integer,
            "last_duplicate_at": Schemas.nullableTime,
            "received_at": Schemas.time,
        ])
    }

    private static var effect: JSON {
        Schemas.object([
            "provider": Schemas.string,
            "operation": Schemas.string,
            "state": Schemas.oneOf(EffectState.allCases.map(\.rawValue)).adding([
                .init(
                    name: "description",
                    value: """
                        planned: certainly not applied yet; calling: under way; unknown: it may have been applied, and \
                        is looked for before it is tried again; refused: the provider said no; done: it has an end.
                        """)
            ]),
            "calls": Schemas.integer,
            "error": Schemas.nullable(Schemas.anyObject),
            "duplicates": Schemas.strings,
            "updated_at": Schemas.time,
        ])
    }

    private static var deadLetter: JSON {
        Schemas.object([
            "id": Schemas.id("dlt"),
            "service": Schemas.string,
            "queue": Schemas.string,
            "message_id": Schemas.nullableString,
            "type": Schemas.nullableString,
            "subject": Schemas.nullableString,
            "correlation_id": Schemas.nullableString,
            "reason": Schemas.string,
            "detail": Schemas.string,
            "status": Schemas.oneOf(["open", "requeued", "discarded"]),
            "created_at": Schemas.time,
            "closed_at": Schemas.nullableTime,
        ])
    }

    private static var key: JSON {
        Schemas.object([
            "id": Schemas.id("key"),
            "name": Schemas.string,
            "principal": Schemas.string,
            "role": Schemas.string,
            "scopes": Schemas.strings,
            "created_at": Schemas.time,
            "last_used_at": Schemas.nullableTime,
            "revoked_at": Schemas.nullableTime,
        ])
    }

    private static var auditEntry: JSON {
        Schemas.object([
            "id": Schemas.id("aud"),
            "at": Schemas.time,
            "actor": Schemas.string,
            "action": Schemas.string,
            "subject": Schemas.string,
            "reason": Schemas.nullableString,
            "before": Schemas.anyValue,
            "after": Schemas.anyValue,
        ])
    }
}
