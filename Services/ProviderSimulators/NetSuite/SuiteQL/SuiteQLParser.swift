import Foundation

/// A recursive-descent parser for the queries that callers send.
struct SuiteQLParser {
    private var tokens: ArraySlice<SuiteQLToken>
    private var depth = 0

    // LIMIT: deeper expressions are refused rather than recursed into.
    private static let depthMax = 64
    private static let reserved: Set<String> = [
        "from", "where", "join", "inner", "left", "outer", "on", "order", "by", "asc", "desc", "and", "or", "not", "in",
        "is", "null", "like", "between", "as", "select", "distinct", "group", "having", "union", "fetch", "offset",
    ]

    static func parse(_ text: String) throws(SuiteQLError) -> SuiteQLQuery {
        var parser = SuiteQLParser(tokens: ArraySlice(try SuiteQLLexer.tokens(text)))
        let query = try parser.query()
        guard parser.tokens.isEmpty else { throw SuiteQLError("unexpected text at the end of the query") }
        return query
    }

    private mutating func query() throws(SuiteQLError) -> SuiteQLQuery {
        try expect(word: "select")
        let isDistinct = take(word: "distinct")
        let columns = try columns()
        try expect(word: "from")
        let source = try source()
        let joins = try joins()
        let condition = take(word: "where") ? try expression() : nil
        let order = try order()
        return SuiteQLQuery(
            isDistinct: isDistinct, columns: columns, source: source, joins: joins, condition: condition, order: order)
    }

    private mutating func columns() throws(SuiteQLError) -> [SuiteQLQuery.Column] {
        if take(symbol: "*") { return [] }
        var columns: [SuiteQLQuery.Column] = []
        repeat {
            let expression = try expression()
            let alias = try take(word: "as") ? name() : optionalName()
            columns.append(.init(expression: expression, name: alias ?? expression.usualName(columns.count)))
        } while take(symbol: ",")
        return columns
    }

    private mutating func source() throws(SuiteQLError) -> SuiteQLQuery.Source {
        let table = try name()
        _ = take(word: "as")
        return .init(table: table, alias: optionalName() ?? table)
    }

    private mutating func joins() throws(SuiteQLError) -> [SuiteQLQuery.Join] {
        var joins: [SuiteQLQuery.Join] = []
        while true {
            let isOuter = take(word: "left")
            if isOuter { _ = take(word: "outer") } else { _ = take(word: "inner") }
            guard take(word: "join") else {
                if isOuter { throw SuiteQLError("expected JOIN") }
                return joins
            }
            let source = try source()
            try expect(word: "on")
            joins.append(.init(source: source, isOuter: isOuter, condition: try expression()))
        }
    }

    private mutating func order() throws(SuiteQLError) -> [SuiteQLQuery.Order] {
        guard take(word: "order") else { return [] }
        try expect(word: "by")
        var order: [SuiteQLQuery.Order] = []
        repeat {
            let expression = try expression()
            let isDescending = take(word: "desc")
            if !isDescending { _ = take(word: "asc") }
            order.append(.init(expression: expression, isDescending: isDescending))
        } while take(symbol: ",")
        return order
    }

    private mutating func expression() throws(SuiteQLError) -> SuiteQLExpression {
        depth += 1
        guard depth <= Self.depthMax else { throw SuiteQLError("nested too deeply") }
        var left = try conjunction()
        while take(word: "or") { left = .or(left, try conjunction()) }
        depth -= 1
        return left
    }

    private mutating func conjunction() throws(SuiteQLError) -> SuiteQLExpression {
        var left = try negation()
        while take(word: "and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(SuiteQLError) -> SuiteQLExpression {
        take(word: "not") ? .not(try negation()) : try predicate()
    }

    private mutating func predicate() throws(SuiteQLError) -> SuiteQLExpression {
        let left = try sum()
        if case .symbol(let symbol)? = tokens.first, let comparison = SuiteQLComparison(rawValue: symbol) {
            tokens.removeFirst()
            return .compare(comparison, left, try sum())
        }
        if take(word: "is") {
            let isNegated = take(word: "not")
            try expect(word: "null")
            return isNegated ? .not(.isNull(left)) : .isNull(left)
        }
        let isNegated = take(word: "not")
        guard let test = try test(left) else {
            if isNegated { throw SuiteQLError("expected IN, LIKE or BETWEEN after NOT") }
            return left
        }
        return isNegated ? .not(test) : test
    }

    private mutating func test(_ left: SuiteQLExpression) throws(SuiteQLError) -> SuiteQLExpression? {
        if take(word: "in") { return .isIn(left, try list()) }
        if take(word: "like") { return .like(left, try sum()) }
        guard take(word: "between") else { return nil }
        let low = try sum()
        try expect(word: "and")
        return .and(.compare(.greaterOrEqual, left, low), .compare(.lessOrEqual, left, try sum()))
    }

    private mutating func list() throws(SuiteQLError) -> [SuiteQLExpression] {
        try expect(symbol: "(")
        var values = [try sum()]
        while take(symbol: ",") { values.append(try sum()) }
        try expect(symbol: ")")
        return values
    }

    private mutating func sum() throws(SuiteQLError) -> SuiteQLExpression {
        var left = try product()
        while case .symbol(let symbol)? = tokens.first, ["+", "-", "||"].contains(symbol) {
            tokens.removeFirst()
            let right = try product()
            left = symbol == "||" ? .call("concat", [left, right]) : .arithmetic(Character(symbol), left, right)
        }
        return left
    }

    private mutating func product() throws(SuiteQLError) -> SuiteQLExpression {
        var left = try primary()
        while case .symbol(let symbol)? = tokens.first, ["*", "/"].contains(symbol) {
            tokens.removeFirst()
            left = .arithmetic(Character(symbol), left, try primary())
        }
        return left
    }

    private mutating func primary() throws(SuiteQLError) -> SuiteQLExpression {
        switch tokens.popFirst() {
        case .text(let text)?: return .literal(.text(text))
        case .number(let text)?: return .literal(.number(Decimal(exactly: text) ?? 0))
        case .symbol("-")?: return .arithmetic("-", .literal(.number(0)), try primary())
        case .symbol("(")?:
            let inner = try expression()
            try expect(symbol: ")")
            return inner
        case .word("null")?: return .literal(.null)
        case .word(let word)? where !Self.reserved.contains(word): return try reference(word)
        case .word(let word)?: throw SuiteQLError("unexpected \(word.uppercased())")
        case .symbol(let symbol)?: throw SuiteQLError("unexpected \(symbol)")
        case nil: throw SuiteQLError("unexpected end of the query")
        }
    }

    /// `name`, `alias.name`, `FUNCTION(…)` or `BUILTIN.FUNCTION(…)`.
    private mutating func reference(_ first: String) throws(SuiteQLError) -> SuiteQLExpression {
        var path = [first]
        while take(symbol: ".") { path.append(try name()) }
        guard take(symbol: "(") else {
            guard path.count <= 2 else { throw SuiteQLError("unexpected \(path.joined(separator: "."))") }
            return .column(table: path.count == 2 ? path[0] : nil, name: path[path.count - 1])
        }
        if path == ["count"], take(symbol: "*") {
            try expect(symbol: ")")
            return .countAll
        }
        var arguments: [SuiteQLExpression] = []
        if !take(symbol: ")") {
            repeat { arguments.append(try expression()) } while take(symbol: ",")
            try expect(symbol: ")")
        }
        return .call(path.joined(separator: "."), arguments)
    }

    private mutating func name() throws(SuiteQLError) -> String {
        guard let name = optionalName() else { throw SuiteQLError("expected a name") }
        return name
    }

    private mutating func optionalName() -> String? {
        guard case .word(let word)? = tokens.first, !Self.reserved.contains(word) else { return nil }
        tokens.removeFirst()
        return word
    }

    private mutating func take(word: String) -> Bool { take(.word(word)) }
    private mutating func take(symbol: String) -> Bool { take(.symbol(symbol)) }

    private mutating func take(_ token: SuiteQLToken) -> Bool {
        guard tokens.first == token else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(word: String) throws(SuiteQLError) {
        guard take(word: word) else { throw SuiteQLError("expected \(word.uppercased())") }
    }

    private mutating func expect(symbol: String) throws(SuiteQLError) {
        guard take(symbol: symbol) else { throw SuiteQLError("expected \(symbol)") }
    }
}

extension SuiteQLExpression {
    /// What a column is called that was given no name.
    fileprivate func usualName(_ index: Int) -> String {
        if case .column(_, let name) = self { return name }
        return "expr\(index + 1)"
    }
}
