import Commerce

/// The schema of a return policy, made from the form by which policies are read.
enum PolicySchema {
    static var value: JSON { schema(ReturnPolicy.shape, under: "") }

    private static func schema(_ shape: PolicyShape, under prefix: String) -> JSON {
        switch shape {
        case .text(let words): ["type": "string", "title": .string(words)]
        case .decimal(let words): ["type": ["string", "number"], "title": .string(words)]
        case .choice(let names): Schemas.oneOf(names)
        case .flag: Schemas.boolean
        case .whole(let range):
            ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
        case .list(let element): Schemas.array(schema(element, under: prefix))
        case .named(let element): ["type": "object", "additionalProperties": schema(element, under: prefix)]
        case .object(let members): object(members, under: prefix)
        case .either(let first, let second):
            ["anyOf": [schema(first, under: prefix), schema(second, under: prefix)]]
        case .described(let words): ["type": "object", "title": .string(words)]
        }
    }

    private static func object(_ members: [PolicyShapeMember], under prefix: String) -> JSON {
        [
            "type": "object",
            "required": .strings(members.filter(\.isRequired).map(\.name)),
            "additionalProperties": false,
            "properties": .object(members.map { .init(name: $0.name, value: member($0, under: prefix)) }),
        ]
    }

    /// A member that may be left out may be null.
    private static func member(_ member: PolicyShapeMember, under prefix: String) -> JSON {
        let path = prefix + member.name
        let value = schema(member.shape, under: path + member.shape.pathMark + ".")
        return (member.isRequired ? value : Schemas.nullable(value))
            .adding(["description": .text(ReturnPolicy.meaning(of: path))])
    }
}
