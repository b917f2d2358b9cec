import Foundation

/// A value of a SuiteQL row.
enum SuiteQLValue: Sendable, Equatable {
    case null
    case number(Decimal)
    case text(String)
    /// A day, `2026-03-04`.
    case date(String)
    /// A transaction status, which filters see as `SalesOrd:B` and selections as `B`.
    case status(type: String, letter: String)

    /// The text the provider answers; nil for null, which it leaves out.
    var shown: String? {
        switch self {
        case .null: nil
        case .number(let value): value.description
        case .text(let value): value
        case .date(let day): Self.userFormat(day)
        case .status(_, let letter): letter
        }
    }

    var isNull: Bool { self == .null }

    var number: Decimal? {
        switch self {
        case .number(let value): value
        case .text(let value): Decimal(exactly: value)
        case .null, .date, .status: nil
        }
    }

    static func flag(_ value: Bool) -> SuiteQLValue { .text(value ? "T" : "F") }
    static func id(_ value: Int?) -> SuiteQLValue { value.map { .number(Decimal($0)) } ?? .null }
    static func optional(_ value: String?) -> SuiteQLValue { value.map(SuiteQLValue.text) ?? .null }

    /// Dates come in the user's own format: `3/4/2026`.
    private static func userFormat(_ day: String) -> String {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? "\(parts[1])/\(parts[2])/\(parts[0])" : day
    }
}

extension SuiteQLValue {
    /// nil when either side is null: the comparison is then neither true nor false.
    func compared(to other: SuiteQLValue) -> ComparisonResult? {
        if isNull || other.isNull { return nil }
        if let left = number, let right = other.number {
            return left < right ? .orderedAscending : left > right ? .orderedDescending : .orderedSame
        }
        let (left, right) = (comparable, other.comparable)
        if left == right || isSameStatus(as: other) || other.isSameStatus(as: self) { return .orderedSame }
        return left < right ? .orderedAscending : .orderedDescending
    }

    private var comparable: String {
        switch self {
        case .null: ""
        case .number(let value): value.description
        case .text(let value): value
        case .date(let day): day
        case .status(let type, let letter): "\(type):\(letter)"
        }
    }

    private func isSameStatus(as other: SuiteQLValue) -> Bool {
        guard case .status(_, let letter) = self, case .text(let text) = other else { return false }
        return text == letter
    }
}
