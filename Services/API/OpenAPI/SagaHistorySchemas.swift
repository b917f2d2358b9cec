/// An exported history. Where it says text, JSON is kept as text, byte for byte.
enum SagaHistorySchemas {
    static var all: [JSON.Member] {
        [
            .init(
                name: "SagaHistory",
                value: Schemas.object([
                    "format": Schemas.integer, "saga": head, "steps": Schemas.array(step), "mail": Schemas.array(mail),
                ])),
            .init(
                name: "SagaImport",
                value: Schemas.object(["history": Schemas.reference("SagaHistory"), "reason": Schemas.reason])),
        ]
    }

    private static var head: JSON {
        Schemas.object([
            "name": Schemas.string,
            "key": Schemas.string,
            "subject": Schemas.nullableString,
            "run": Schemas.integer,
            "status": Schemas.string,
            "business_status": Schemas.nullableString,
            "attributes": Schemas.texts,
            "input": Schemas.string,
            "output": Schemas.nullableString,
            "error": Schemas.nullable(Schemas.reference("CodedMessage")),
            "stuck_reason": Schemas.nullableString,
            "cause": Schemas.nullable(Schemas.reference("CodedMessage")),
            "paused_at": Schemas.nullableTime,
            "pivoted": Schemas.boolean,
            "compensation": Schemas.nullableString,
            "next_seq": Schemas.integer,
            "started_at": Schemas.time,
            "updated_at": Schemas.time,
        ])
    }

    private static var step: JSON {
        Schemas.object([
            "path": Schemas.string,
            "kind": Schemas.string,
            "name": Schemas.string,
            "status": Schemas.string,
            "seq": Schemas.nullableInteger,
            "owner": Schemas.nullableString,
            "attempt": Schemas.integer,
            "tries": Schemas.integer,
            "request": Schemas.nullableString,
            "reply_within_ms": Schemas.nullableInteger,
            "result": Schemas.nullableString,
            "error": Schemas.nullable(Schemas.reference("CodedMessage")),
            "event_id": Schemas.nullableInteger,
            "event_type": Schemas.nullableString,
            "undo": Schemas.nullable(Schemas.anyObject),
            "undo_evaluated": Schemas.boolean,
            "lost": Schemas.boolean,
            "trouble": Schemas.nullableString,
            "due_at": Schemas.nullableTime,
            "deadline_at": Schemas.nullableTime,
            "started_at": Schemas.time,
            "finished_at": Schemas.nullableTime,
        ])
    }

    private static var mail: JSON {
        Schemas.object([
            "id": Schemas.integer,
            "type": Schemas.string,
            "data": Schemas.string,
            "consumed_run": Schemas.nullableInteger,
            "consumed_path": Schemas.nullableString,
        ])
    }
}
