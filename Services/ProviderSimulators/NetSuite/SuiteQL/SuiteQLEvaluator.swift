import Foundation

/// One joined row: the row of each table by its alias.
typealias SuiteQLRow = [String: [String: SuiteQLValue]]

/// Computes expressions over joined rows.
struct SuiteQLEvaluator {
    let source: any SuiteQLSource
    /// Table by alias.
    let tables: [String: String]

    func value(_ expression: SuiteQLExpression, _ row: SuiteQLRow) throws(SuiteQLError) -> SuiteQLValue {
        switch expression {
        case .literal(let value): return value
        case .column(let table, let name): return row[try alias(table, name)]?[name] ?? .null
        case .call(let name, let arguments): return try call(name, arguments, row)
        case .arithmetic(let sign, let left, let right):
            return Self.arithmetic(sign, try value(left, row).number, try value(right, row).number)
        case .countAll: throw SuiteQLError("COUNT(*) is only supported as the sole column")
        case .compare, .and, .or, .not, .isNull, .isIn, .like:
            return try truth(expression, row).map(SuiteQLValue.flag) ?? .null
        }
    }

    /// True, false, or nil for unknown, as SQL has it.
    func truth(_ expression: SuiteQLExpression, _ row: SuiteQLRow) throws(SuiteQLError) -> Bool? {
        switch expression {
        case .compare(let comparison, let left, let right):
            return try value(left, row).compared(to: value(right, row)).map(comparison.holds)
        case .and(let left, let right):
            let (a, b) = (try truth(left, row), try truth(right, row))
            return a == false || b == false ? false : a == nil || b == nil ? nil : true
        case .or(let left, let right):
            let (a, b) = (try truth(left, row), try truth(right, row))
            return a == true || b == true ? true : a == nil || b == nil ? nil : false
        case .not(let inner): return try truth(inner, row).map { !$0 }
        case .isNull(let inner): return try value(inner, row).isNull
        case .isIn(let inner, let list): return try isIn(inner, list, row)
        case .like(let inner, let pattern):
            guard let text = try value(inner, row).shown, let glob = try value(pattern, row).shown else { return nil }
            return Glob(glob.replacing("%", with: "*").replacing("_", with: "?")).matches(text)
        case .literal, .column, .call, .arithmetic, .countAll: throw SuiteQLError("a condition is expected")
        }
    }

    /// Which table a column belongs to; a name without a table must belong to exactly one.
    func alias(_ table: String?, _ name: String) throws(SuiteQLError) -> String {
        if let table {
            guard let real = tables[table] else { throw SuiteQLError("Unknown table alias '\(table)'.") }
            guard source.has(column: name, in: real) else { throw Self.unknown(name, real) }
            return table
        }
        let fitting = tables.filter { source.has(column: name, in: $0.value) }
        guard let only = fitting.first else { throw Self.unknown(name, tables.values.sorted().joined(separator: ", ")) }
        guard fitting.count == 1 else { throw SuiteQLError("Field '\(name)' is ambiguous.") }
        return only.key
    }

    private static func unknown(_ name: String, _ table: String) -> SuiteQLError {
        SuiteQLError("Field '\(name)' for record '\(table)' was not found. Reason: NOT_EXISTS")
    }

    private func isIn(
        _ inner: SuiteQLExpression, _ list: [SuiteQLExpression], _ row: SuiteQLRow
    ) throws(SuiteQLError) -> Bool? {
        let left = try value(inner, row)
        guard !left.isNull else { return nil }
        for entry in list where try left.compared(to: value(entry, row)) == .orderedSame { return true }
        return false
    }

    private static func arithmetic(_ sign: Character, _ left: Decimal?, _ right: Decimal?) -> SuiteQLValue {
        guard let left, let right else { return .null }
        switch sign {
        case "+": return .number(left + right)
        case "-": return .number(left - right)
        case "*": return .number(left * right)
        default: return right == 0 ? .null : .number(left / right)
        }
    }

    private func call(
        _ name: String, _ arguments: [SuiteQLExpression], _ row: SuiteQLRow
    ) throws(SuiteQLError) -> SuiteQLValue {
        if name == "builtin.df", case .column(let table, let column)? = arguments.first {
            let alias = try alias(table, column)
            return source.display(row[alias]?[column] ?? .null, column: column, in: tables[alias] ?? alias)
        }
        var values: [SuiteQLValue] = []
        for argument in arguments { values.append(try value(argument, row)) }
        guard let result = SuiteQLFunctions.call(name, values) else {
            throw SuiteQLError("Unknown function '\(name.uppercased())', or wrong arguments.")
        }
        return result
    }
}
