/// The part of GraphQL that callers of the Admin API use: one operation with fields, aliases, arguments and variables.
struct GraphQLDocument: Sendable, Equatable {
    enum Kind: String, Sendable { case query, mutation }

    indirect enum Value: Sendable, Equatable {
        case variable(String)
        case literal(JSON)
        case list([Value])
        case object([String: Value])

        /// The value with variables put in; an unset variable is null.
        func resolved(_ variables: JSON) -> JSON {
            switch self {
            case .variable(let name): variables[name]
            case .literal(let value): value
            case .list(let values): .array(values.map { $0.resolved(variables) })
            case .object(let members):
                .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.resolved(variables)) }))
            }
        }
    }

    struct Field: Sendable, Equatable {
        var alias: String
        var name: String
        var arguments: [String: Value]
        /// Arguments by the name of the directive.
        var directives: [String: [String: Value]] = [:]
        var selection: [Field]
    }

    var kind: Kind
    var fields: [Field]
}

extension GraphQLDocument.Field {
    /// Only what was selected, under the names that were asked for.
    func select(from value: JSON) -> JSON {
        guard !selection.isEmpty else { return value }
        switch value {
        case .array(let elements): return .array(elements.map(select))
        case .object: return .object(JSONObject(selection.map { ($0.alias, $0.select(from: value[$0.name])) }))
        case .null, .bool, .number, .string: return value
        }
    }
}
