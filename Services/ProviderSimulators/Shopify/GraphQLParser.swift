struct GraphQLSyntaxError: Error, Equatable {
    var message: String
}

/// A recursive-descent parser for `GraphQLDocument`.
struct GraphQLParser {
    private var tokens: ArraySlice<String>
    private var depth = 0

    // LIMIT: deeper selections than the Admin API allows.
    private static let depthMax = 32

    static func parse(_ text: String) throws -> GraphQLDocument {
        var parser = GraphQLParser(tokens: ArraySlice(try GraphQLTokens.split(text)))
        let document = try parser.document()
        guard parser.tokens.isEmpty else { throw GraphQLSyntaxError(message: "only one operation is supported") }
        return document
    }

    private mutating func document() throws -> GraphQLDocument {
        var kind = GraphQLDocument.Kind.query
        if let word = tokens.first, let named = GraphQLDocument.Kind(rawValue: word) {
            kind = named
            tokens.removeFirst()
            if let name = tokens.first, name.isGraphQLName { tokens.removeFirst() }
            if tokens.first == "(" { try skipVariables() }
        }
        return GraphQLDocument(kind: kind, fields: try selection())
    }

    private mutating func skipVariables() throws {
        while let token = tokens.popFirst() {
            if token == ")" { return }
        }
        throw GraphQLSyntaxError(message: "unterminated variable definitions")
    }

    private mutating func selection() throws -> [GraphQLDocument.Field] {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw GraphQLSyntaxError(message: "nested too deeply") }
        try expect("{")
        var fields: [GraphQLDocument.Field] = []
        while tokens.first != "}" { fields.append(try field()) }
        try expect("}")
        guard !fields.isEmpty else { throw GraphQLSyntaxError(message: "an empty selection") }
        return fields
    }

    private mutating func field() throws -> GraphQLDocument.Field {
        var name = try take()
        let alias = name
        guard name.isGraphQLName else { throw GraphQLSyntaxError(message: "unexpected \(name)") }
        if tokens.first == ":" {
            tokens.removeFirst()
            name = try take()
        }
        let arguments = tokens.first == "(" ? try arguments() : [:]
        let directives = try directives()
        let selection = tokens.first == "{" ? try selection() : []
        return GraphQLDocument.Field(
            alias: alias, name: name, arguments: arguments, directives: directives, selection: selection)
    }

    private mutating func arguments() throws -> [String: GraphQLDocument.Value] {
        try expect("(")
        var arguments: [String: GraphQLDocument.Value] = [:]
        while tokens.first != ")" {
            let name = try take()
            try expect(":")
            arguments[name] = try value()
        }
        try expect(")")
        return arguments
    }

    private mutating func directives() throws -> [String: [String: GraphQLDocument.Value]] {
        var directives: [String: [String: GraphQLDocument.Value]] = [:]
        while tokens.first == "@" {
            tokens.removeFirst()
            let name = try take()
            directives[name] = tokens.first == "(" ? try arguments() : [:]
        }
        return directives
    }

    private mutating func value() throws -> GraphQLDocument.Value {
        let token = try take()
        switch token {
        case "$": return .variable(try take())
        case "[":
            var values: [GraphQLDocument.Value] = []
            while tokens.first != "]" { values.append(try value()) }
            try expect("]")
            return .list(values)
        case "{":
            var members: [String: GraphQLDocument.Value] = [:]
            while tokens.first != "}" {
                let name = try take()
                try expect(":")
                members[name] = try value()
            }
            try expect("}")
            return .object(members)
        case "true", "false": return .literal(.bool(token == "true"))
        case "null": return .literal(.null)
        default: return .literal(try scalar(token))
        }
    }

    private func scalar(_ token: String) throws -> JSON {
        if token.hasPrefix("\"") {
            guard let value = try? JSONParser.parse(Array(token.utf8)) else {
                throw GraphQLSyntaxError(message: "a malformed string")
            }
            return value
        }
        if token.first?.isNumber == true || token.first == "-" { return .number(token) }
        return .string(token)
    }

    private mutating func take() throws -> String {
        guard let token = tokens.popFirst() else { throw GraphQLSyntaxError(message: "unexpected end of document") }
        return token
    }

    private mutating func expect(_ text: String) throws {
        let token = try take()
        guard token == text else { throw GraphQLSyntaxError(message: "expected \(text), found \(token)") }
    }
}

/// Splits a document into names, numbers, strings and punctuation. Commas and comments are white space.
enum GraphQLTokens {
    static func split(_ text: String) throws -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let character = rest.first {
            if character.isWhitespace || character == "," {
                rest.removeFirst()
            } else if character == "#" {
                rest = rest.drop { !$0.isNewline }
            } else if character == "\"" {
                tokens.append(try string(&rest))
            } else if character.isGraphQLWord {
                let word = rest.prefix { $0.isGraphQLWord || $0 == "." }
                tokens.append(String(word))
                rest.removeFirst(word.count)
            } else {
                tokens.append(String(rest.removeFirst()))
            }
        }
        return tokens
    }

    private static func string(_ rest: inout Substring) throws -> String {
        var token = String(rest.removeFirst())
        var escaped = false
        while let character = rest.popFirst() {
            token.append(character)
            if escaped {
                escaped = false
            } else if character == "\\" {
                escaped = true
            } else if character == "\"" {
                return token
            }
        }
        throw GraphQLSyntaxError(message: "unterminated string")
    }
}

extension Character {
    fileprivate var isGraphQLWord: Bool { isLetter || isNumber || self == "_" || self == "-" }
}

extension String {
    fileprivate var isGraphQLName: Bool { first.map { $0.isLetter || $0 == "_" } ?? false }
}
