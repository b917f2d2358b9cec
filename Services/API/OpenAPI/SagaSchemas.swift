import Sagas

enum SagaSchemas {
    static var items: [JSON.Member] { [.init(name: "Saga", value: saga)] }

    static var others: [JSON.Member] {
        [
            .init(
                name: "SagaStart",
                value: Schemas.object(
                    ["name": Schemas.string, "key": Schemas.string, "input": Schemas.anyObject], optional: ["input"])),
            .init(
                name: "SagaSignal",
                value: Schemas.object(
                    ["reason": Schemas.string, "name": Schemas.string, "data": Schemas.anyObject], optional: ["data"])),
            .init(
                name: "PendingSaga",
                value: [
                    "anyOf": [
                        Schemas.reference("Saga"),
                        Schemas.object([
                            "id": ["type": "null"], "name": Schemas.string, "key": Schemas.string,
                            "status": Schemas.oneOf(["pending"]),
                        ]),
                    ]
                ]),
        ]
    }

    private static var saga: JSON {
        Schemas.object([
            "id": Schemas.id("sag"),
            "name": Schemas.string,
            "key": Schemas.string,
            "run": Schemas.integer,
            "subject": Schemas.nullableString,
            "status": Schemas.oneOf(SagaStatus.allCases.map(\.rawValue)),
            "business_status": Schemas.nullableString,
            "waiting_on": Schemas.nullable(waitingOn),
            "input": Schemas.anyObject,
            "output": Schemas.anyValue,
            "error": Schemas.nullable(Schemas.reference("CodedMessage")),
            "started_at": Schemas.time,
            "updated_at": Schemas.time,
            "steps": Schemas.array(step),
        ])
    }

    private static var waitingOn: JSON {
        Schemas.object([
            "kind": Schemas.oneOf(["command", "event", "timer", "human"]),
            "name": Schemas.string,
            "since": Schemas.nullableTime,
            "until": Schemas.nullableTime,
        ])
    }

    private static var step: JSON {
        Schemas.object([
            "path": Schemas.string,
            "kind": Schemas.string,
            "name": Schemas.string,
            "status": Schemas.string,
            "attempts": Schemas.integer,
            "error": Schemas.nullable(Schemas.reference("CodedMessage")),
            "undo": Schemas.nullable(Schemas.object(["name": Schemas.string, "status": Schemas.string])),
            "result": Schemas.anyValue,
            "started_at": Schemas.time,
            "finished_at": Schemas.nullableTime,
        ])
    }
}
