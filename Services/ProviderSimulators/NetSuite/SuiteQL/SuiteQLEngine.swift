import Foundation

/// Runs a parsed query over tables.
struct SuiteQLEngine {
    let source: any SuiteQLSource

    /// The answer's rows as the provider writes them: every value a string, nulls left out.
    func run(_ query: SuiteQLQuery) throws(SuiteQLError) -> [JSONObject] {
        let evaluator = try evaluator(query)
        let rows = try ordered(try filtered(try joined(query, evaluator), query, evaluator), query, evaluator)
        if query.columns.map(\.expression) == [.countAll] {
            return [JSONObject([(query.columns[0].name, .string(String(rows.count)))])]
        }
        var answer: [JSONObject] = []
        for row in rows {
            let shown = try shown(row, query, evaluator)
            if query.isDistinct, answer.contains(shown) { continue }
            answer.append(shown)
        }
        return answer
    }

    /// Checks every table and column before a row is read, so that an empty table hides no mistake.
    private func evaluator(_ query: SuiteQLQuery) throws(SuiteQLError) -> SuiteQLEvaluator {
        var tables: [String: String] = [:]
        for part in [query.source] + query.joins.map(\.source) {
            guard source.has(table: part.table) else { throw SuiteQLError("Record '\(part.table)' was not found.") }
            guard tables.updateValue(part.table, forKey: part.alias) == nil else {
                throw SuiteQLError("The alias '\(part.alias)' is used twice.")
            }
        }
        let evaluator = SuiteQLEvaluator(source: source, tables: tables)
        let names = Set(query.columns.map(\.name))
        for expression in query.columns.map(\.expression) + query.joins.map(\.condition)
            + [query.condition].compactMap({ $0 })
        {
            if expression != .countAll { _ = try evaluator.value(expression, [:]) }
        }
        for order in query.order where !order.expression.isName(in: names) {
            _ = try evaluator.value(order.expression, [:])
        }
        return evaluator
    }

    private func joined(_ query: SuiteQLQuery, _ evaluator: SuiteQLEvaluator) throws(SuiteQLError) -> [SuiteQLRow] {
        let base = source.rows(of: query.source.table, hints: query.hints(for: query.source.alias))
        var rows = base.map { [query.source.alias: $0] }
        for join in query.joins { rows = try joined(rows, join, query, evaluator) }
        return rows
    }

    private func joined(
        _ rows: [SuiteQLRow], _ join: SuiteQLQuery.Join, _ query: SuiteQLQuery, _ evaluator: SuiteQLEvaluator
    ) throws(SuiteQLError) -> [SuiteQLRow] {
        let alias = join.source.alias
        let candidates = source.rows(of: join.source.table, hints: query.hints(for: alias))
        let index = SuiteQLJoinIndex(join, candidates)
        var result: [SuiteQLRow] = []
        for row in rows {
            var isMatched = false
            for candidate in try index.candidates(for: row, evaluator) {
                var combined = row
                combined[alias] = candidate
                guard try evaluator.truth(join.condition, combined) == true else { continue }
                isMatched = true
                result.append(combined)
            }
            if join.isOuter, !isMatched { result.append(row) }
        }
        return result
    }

    private func filtered(
        _ rows: [SuiteQLRow], _ query: SuiteQLQuery, _ evaluator: SuiteQLEvaluator
    ) throws(SuiteQLError) -> [SuiteQLRow] {
        guard let condition = query.condition else { return rows }
        var result: [SuiteQLRow] = []
        for row in rows where try evaluator.truth(condition, row) == true { result.append(row) }
        return result
    }

    /// Sorts by the given keys; a column's own name in the answer may stand for it. Nulls come last.
    private func ordered(
        _ rows: [SuiteQLRow], _ query: SuiteQLQuery, _ evaluator: SuiteQLEvaluator
    ) throws(SuiteQLError) -> [SuiteQLRow] {
        guard !query.order.isEmpty else { return rows }
        let keys = query.order.map { (query.resolve($0.expression), $0.isDescending) }
        var keyed: [(row: SuiteQLRow, keys: [SuiteQLValue])] = []
        for row in rows {
            var values: [SuiteQLValue] = []
            for (expression, _) in keys { values.append(try evaluator.value(expression, row)) }
            keyed.append((row, values))
        }
        let sorted = keyed.enumerated().sorted { left, right in
            for (position, key) in keys.enumerated() {
                let (a, b) = (left.element.keys[position], right.element.keys[position])
                if a.isNull != b.isNull { return b.isNull }
                guard let result = a.compared(to: b), result != .orderedSame else { continue }
                return (result == .orderedAscending) != key.1
            }
            return left.offset < right.offset
        }
        return sorted.map(\.element.row)
    }

    private func shown(
        _ row: SuiteQLRow, _ query: SuiteQLQuery, _ evaluator: SuiteQLEvaluator
    ) throws(SuiteQLError) -> JSONObject {
        guard !query.columns.isEmpty else {
            let values = row.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.key < $1.key } }
            return JSONObject(values.compactMap { name, value in value.shown.map { (name, .string($0)) } })
        }
        var object = JSONObject()
        for column in query.columns {
            if let text = try evaluator.value(column.expression, row).shown { object[column.name] = .string(text) }
        }
        return object
    }
}

/// Finds join partners by value where the condition is a plain equality.
struct SuiteQLJoinIndex {
    private let all: [[String: SuiteQLValue]]
    private let outer: SuiteQLExpression?
    private let buckets: [String: [[String: SuiteQLValue]]]

    init(_ join: SuiteQLQuery.Join, _ candidates: [[String: SuiteQLValue]]) {
        all = candidates
        guard case .compare(.equal, let left, let right) = join.condition else {
            (outer, buckets) = (nil, [:])
            return
        }
        let alias = join.source.alias
        if case .column(alias, let name) = left {
            outer = right
            buckets = Dictionary(grouping: candidates) { $0[name]?.shown ?? "" }
        } else if case .column(alias, let name) = right {
            outer = left
            buckets = Dictionary(grouping: candidates) { $0[name]?.shown ?? "" }
        } else {
            (outer, buckets) = (nil, [:])
        }
    }

    func candidates(
        for row: SuiteQLRow, _ evaluator: SuiteQLEvaluator
    ) throws(SuiteQLError) -> [[String: SuiteQLValue]] {
        guard let outer else { return all }
        guard let key = try evaluator.value(outer, row).shown else { return [] }
        return buckets[key] ?? []
    }
}

extension SuiteQLExpression {
    /// Whether it is the bare name of a column of the answer.
    fileprivate func isName(in names: Set<String>) -> Bool {
        if case .column(nil, let name) = self { return names.contains(name) }
        return false
    }
}

extension SuiteQLQuery {
    /// What a sort key stands for: a column of the answer when it is named like one.
    fileprivate func resolve(_ expression: SuiteQLExpression) -> SuiteQLExpression {
        guard case .column(nil, let name) = expression else { return expression }
        return columns.first { $0.name == name }?.expression ?? expression
    }

    /// Values that every row of `alias` must have, by column: from the equalities all rows have to fulfil.
    fileprivate func hints(for alias: String) -> [String: [SuiteQLValue]] {
        guard joins.allSatisfy({ !$0.isOuter }), let condition else { return [:] }
        var hints: [String: [SuiteQLValue]] = [:]
        for part in condition.conjuncts {
            switch part {
            case .compare(.equal, .column(let table, let name), .literal(let value))
            where table == alias || (table == nil && joins.isEmpty):
                hints[name] = [value]
            case .isIn(.column(let table, let name), let list) where table == alias || (table == nil && joins.isEmpty):
                let values = list.compactMap { if case .literal(let value) = $0 { value } else { nil } }
                if values.count == list.count { hints[name] = values }
            default: break
            }
        }
        return hints
    }
}

extension SuiteQLExpression {
    fileprivate var conjuncts: [SuiteQLExpression] {
        if case .and(let left, let right) = self { return left.conjuncts + right.conjuncts }
        return [self]
    }
}
