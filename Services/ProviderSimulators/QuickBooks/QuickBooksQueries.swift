import Foundation

/// Intuit's query language, as far as one entity and conditions joined by `and` go.
struct QuickBooksQuery: Sendable {
    let entity: String
    let conditions: [(field: String, value: String)]
    let start: Int
    let limit: Int

    // The provider's own bound.
    private static let limitMax = 1000

    /// Nil for what is not of this form.
    init?(_ text: String) {
        guard let whole = text.wholeMatch(of: Self.pattern) else { return nil }
        entity = String(whole.entity)
        start = whole.start.flatMap { Int($0) } ?? 1
        limit = whole.limit.flatMap { Int($0) } ?? 100
        guard start > 0, (1...Self.limitMax).contains(limit) else { return nil }
        guard let rest = whole.conditions.map(String.init) else {
            conditions = []
            return
        }
        var found: [(String, String)] = []
        for match in rest.matches(of: Self.condition) {
            found.append((String(match.field), Self.unescaped(String(match.value))))
        }
        let written = rest.matches(of: Self.condition).map { String($0.output.0) }.joined(separator: " and ")
        guard written.count == rest.count, !found.isEmpty else { return nil }
        conditions = found
    }

    private static var pattern:
        Regex<(Substring, entity: Substring, conditions: Substring?, start: Substring?, limit: Substring?)>
    {
        /(?i:select) \* (?i:from) (?<entity>[A-Za-z]+)(?: (?i:where) (?<conditions>.+?))?(?: (?i:orderby) [A-Za-z.]+(?: (?i:asc|desc))?)?(?: (?i:startposition) (?<start>[0-9]+))?(?: (?i:maxresults) (?<limit>[0-9]+))?/
    }

    private static var condition: Regex<(Substring, field: Substring, value: Substring)> {
        /(?<field>[A-Za-z.]+) = '(?<value>(?:[^'\\]|\\.)*)'/
    }

    private static func unescaped(_ text: String) -> String {
        var plain = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return plain
    }
}

extension QuickBooksSimulator {
    func runQuery(_ call: Call) throws -> SimulatedResponse {
        guard let query = QuickBooksQuery(call.request.query("query") ?? "") else {
            throw Refusal.quickBooks(
                400, "4000", "Error parsing query", "QueryParserError: \(call.request.query("query") ?? "")")
        }
        let found = try rows(query.entity).filter { row in
            query.conditions.allSatisfy { Self.value($0.field, of: row)?.lowercased() == $0.value.lowercased() }
        }
        let shown = Array(found.dropFirst(query.start - 1).prefix(query.limit))
        guard !shown.isEmpty else { return .json(["QueryResponse": [:]]) }
        return .json([
            "QueryResponse": .object(
                JSONObject([
                    (query.entity, .array(shown)), ("startPosition", .int(query.start)),
                    ("maxResults", .int(shown.count)),
                ]))
        ])
    }

    private func rows(_ entity: String) throws -> [JSON] {
        if entity == "Customer" { return customers }
        guard let kind = QuickBooksDocument.Kind(rawValue: entity) else {
            throw Refusal.quickBooks(
                400, "4001", "Invalid query", "QueryValidationError: \(entity) is not an entity of this company.")
        }
        return documentIDs.compactMap { documents[$0] }.filter { $0.kind == kind }.map { $0.json() }
    }

    private static func value(_ field: String, of row: JSON) -> String? {
        field == "PrimaryEmailAddr" ? row[field]["Address"].string : row[field].scalarText
    }
}
