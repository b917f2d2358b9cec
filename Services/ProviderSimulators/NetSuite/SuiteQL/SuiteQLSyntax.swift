import Foundation

/// A parsed query.
struct SuiteQLQuery: Sendable, Equatable {
    struct Column: Sendable, Equatable {
        var expression: SuiteQLExpression
        /// Lower-case name in the answer.
        var name: String
    }

    struct Source: Sendable, Equatable {
        var table: String
        var alias: String
    }

    struct Join: Sendable, Equatable {
        var source: Source
        var isOuter: Bool
        var condition: SuiteQLExpression
    }

    struct Order: Sendable, Equatable {
        var expression: SuiteQLExpression
        var isDescending: Bool
    }

    var isDistinct: Bool
    /// Empty for `*`.
    var columns: [Column]
    var source: Source
    var joins: [Join]
    var condition: SuiteQLExpression?
    var order: [Order]
}

indirect enum SuiteQLExpression: Sendable, Equatable {
    case literal(SuiteQLValue)
    case column(table: String?, name: String)
    case call(String, [SuiteQLExpression])
    case compare(SuiteQLComparison, SuiteQLExpression, SuiteQLExpression)
    case arithmetic(Character, SuiteQLExpression, SuiteQLExpression)
    case and(SuiteQLExpression, SuiteQLExpression)
    case or(SuiteQLExpression, SuiteQLExpression)
    case not(SuiteQLExpression)
    case isNull(SuiteQLExpression)
    case isIn(SuiteQLExpression, [SuiteQLExpression])
    case like(SuiteQLExpression, SuiteQLExpression)
    case countAll
}

enum SuiteQLComparison: String, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    func holds(_ result: ComparisonResult) -> Bool {
        switch self {
        case .equal: result == .orderedSame
        case .notEqual: result != .orderedSame
        case .less: result == .orderedAscending
        case .lessOrEqual: result != .orderedDescending
        case .greater: result == .orderedDescending
        case .greaterOrEqual: result != .orderedAscending
        }
    }
}

/// Why a query is refused.
struct SuiteQLError: Error, Equatable {
    var message: String
    init(_ message: String) { self.message = message }
}
