import Contracts
import Sagas

enum SagaSchemas {
    static var items: [JSON.Member] {
        [
            .init(name: "Saga", value: saga),
            .init(name: "SagaCount", value: Schemas.object(["group": Schemas.string, "count": Schemas.integer])),
            .init(name: "Mail", value: mail),
        ]
    }

    static var others: [JSON.Member] {
        [
            .init(
                name: "SagaDetail",
                value: Schemas.extending(
                    "Saga", ["mailbox": Schemas.array(Schemas.reference("Mail")), "as_of": Schemas.time])),
            .init(
                name: "OperatedSaga",
                value: Schemas.extending("SagaDetail", ["pending_verb": pendingVerb], optional: ["pending_verb"])),
            .init(
                name: "SagaStart",
                value: Schemas.object(
                    ["name": Schemas.string, "key": Schemas.string, "input": Schemas.anyObject], optional: ["input"])),
            .init(
                name: "PendingSaga",
                value: [
                    "anyOf": [
                        Schemas.reference("SagaDetail"),
                        Schemas.object([
                            "id": ["type": "null"], "name": Schemas.string, "key": Schemas.string,
                            "status": Schemas.oneOf(["pending"]),
                        ]),
                    ]
                ]),
        ] + SagaVerbSchemas.all + SagaHistorySchemas.all
    }

    private static let pendingVerb = Schemas.oneOf(OperateSaga.Verb.allCases.map(\.rawValue)).adding([
        .init(
            name: "description",
            value: .string(
                "There only while the coordinator has not answered: the verb is on its way and not carried out yet. "
                    + "A repeat under the same Idempotency-Key is told what became of it."))
    ])

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
            "attributes": Schemas.texts,
            "stuck_reason": Schemas.nullableString,
            "pivoted": Schemas.boolean,
            "compensation": Schemas.nullable(Schemas.oneOf(["refusal", "cancel"])),
            "paused_at": Schemas.nullableTime,
            "build_id": Schemas.nullableString,
            "former_builds": Schemas.array(formerBuild),
            "allowed": Schemas.array(Schemas.oneOf(SagaVerb.allCases.map(\.rawValue))),
        ])
    }

    /// The coordinator's build that saved the saga's versions up to this one.
    private static var formerBuild: JSON {
        Schemas.object(["build_id": Schemas.string, "version": Schemas.integer, "until": Schemas.time])
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
        Schemas.object(
            [
                "path": Schemas.string,
                "kind": Schemas.string,
                "name": Schemas.string,
                "status": Schemas.string,
                "attempts": Schemas.integer,
                "error": Schemas.nullable(Schemas.reference("CodedMessage")),
                "undo": Schemas.nullable(undo),
                "result": Schemas.anyValue,
                "started_at": Schemas.time,
                "finished_at": Schemas.nullableTime,
                "seq": Schemas.nullableInteger,
                "owner": Schemas.nullableString,
                "trouble": Schemas.nullableString,
                "lost": Schemas.boolean,
                "event_type": Schemas.nullableString,
                "due_at": Schemas.nullableTime,
                "deadline_at": Schemas.nullableTime,
                "effect": effect,
                "dead_letter_id": deadLetter,
            ], optional: ["effect", "dead_letter_id"])
    }

    /// Whether what a step asked for at a provider has come about.
    private static let effect = Schemas.nullable(Schemas.reference("Effect")).adding([
        .init(
            name: "description",
            value: "Of the call at a provider where it is not simply done; shown with a single saga only.")
    ])

    private static let deadLetter = Schemas.nullableID("dlt").adding([
        .init(
            name: "description",
            value: "Of its message where that was given up on and nobody has decided; shown with a single saga only.")
    ])

    private static var undo: JSON {
        Schemas.object(
            [
                "name": Schemas.string,
                "status": Schemas.string,
                "attempts": Schemas.integer,
                "error": Schemas.nullable(Schemas.reference("CodedMessage")),
                "trouble": Schemas.nullableString,
                "effect": effect,
                "dead_letter_id": deadLetter,
            ], optional: ["effect", "dead_letter_id"])
    }

    private static var mail: JSON {
        Schemas.object([
            "id": Schemas.integer,
            "saga": Schemas.string,
            "key": Schemas.string,
            "saga_id": Schemas.nullableID("sag"),
            "type": Schemas.string,
            "message_id": Schemas.string,
            "data": Schemas.anyObject,
            "received_at": Schemas.time,
        ])
    }
}
