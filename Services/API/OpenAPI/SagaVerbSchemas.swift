/// What the verbs on sagas take, and what those on many give.
enum SagaVerbSchemas {
    static var all: [JSON.Member] {
        [
            .init(
                name: "SagaSignal",
                value: Schemas.object(
                    ["reason": Schemas.reason, "name": Schemas.string, "data": Schemas.anyObject], optional: ["data"])),
            .init(
                name: "SagaSkip",
                value: Schemas.object(
                    [
                        "reason": Schemas.reason, "path": Schemas.string, "result": Schemas.anyValue,
                        "keep_undo": Schemas.boolean,
                    ], optional: ["result", "keep_undo"])),
            .init(
                name: "SagaFireTimer",
                value: Schemas.object(["reason": Schemas.reason, "path": Schemas.string])),
            .init(name: "SagaBulk", value: bulk),
            .init(
                name: "SagaBulkPreview",
                value: Schemas.object(["matched": Schemas.integer, "sample": Schemas.array(Schemas.id("sag"))])),
            .init(name: "BulkResult", value: result),
        ]
    }

    private static var bulk: JSON {
        Schemas.object(
            [
                "reason": Schemas.reason,
                "filter": filter,
                "expected": ["type": "integer", "minimum": 0],
                "limit": ["type": "integer", "minimum": 1],
                "cursor": Schemas.string,
                "name": Schemas.string,
                "data": Schemas.anyObject,
                "path": Schemas.string,
                "result": Schemas.anyValue,
                "keep_undo": Schemas.boolean,
            ], optional: ["expected", "limit", "cursor", "name", "data", "path", "result", "keep_undo"])
    }

    private static var filter: JSON {
        let members = SagaFilter.query.map { parameter in
            guard SagaFilter.listNames.contains(parameter.name), let one = parameter.schema["items"] else {
                return JSON.Member(name: parameter.name, value: parameter.schema)
            }
            return JSON.Member(name: parameter.name, value: ["anyOf": [one, parameter.schema]])
        }
        return [
            "type": "object", "minProperties": 1, "additionalProperties": false, "properties": .object(members),
        ]
    }

    private static var refusals: JSON {
        let refusal = Schemas.object(["id": Schemas.string, "code": Schemas.string, "message": Schemas.string])
        return Schemas.array(refusal).adding([
            .init(
                name: "description",
                value: "The first \(BulkResult.refusalsMax) of this answer; refusals_untold counts the others.")
        ])
    }

    private static var result: JSON {
        Schemas.object([
            "matched": Schemas.nullableInteger,
            "sent": Schemas.integer,
            "accepted": Schemas.integer,
            "refused": Schemas.integer,
            "pending": Schemas.integer,
            "refusals": refusals,
            "refusals_untold": Schemas.integer,
            "next_cursor": Schemas.nullableString,
        ])
    }
}
