import Foundation

/// A JSON document that keeps the order of its keys and the exact text of its numbers.
///
/// Providers differ in how they write a number (`149.00`, `"149.00"`, `2.0`); a binary float would lose that.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as it stands in the document.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }

    static func int(_ value: Int) -> JSON { .number(String(value)) }
    static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

    /// A number written as the shortest decimal: `69.5`.
    static func decimal(_ value: Decimal) -> JSON { .number(value.description) }

    /// A number written the way a serialised double is: always with a fraction, `2.0`.
    static func double(_ value: Decimal) -> JSON {
        let text = value.description
        return .number(text.contains(".") ? text : text + ".0")
    }
}

extension JSON {
    /// The member of an object; `null` for everything else, so that paths can be chained.
    subscript(key: String) -> JSON { object?[key] ?? .null }
    subscript(index: Int) -> JSON { array.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .null }

    var isNull: Bool { self == .null }
    var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    var string: String? { if case .string(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// A whole number written as a number.
    var int: Int? {
        guard case .number(let text) = self else { return nil }
        if let value = Int(text) { return value }
        guard let value = Decimal(exactly: text), value == value.rounded(to: 0) else { return nil }
        return Int(value.description)
    }

    /// A decimal written as a number or as a string.
    var decimal: Decimal? {
        switch self {
        case .number(let text), .string(let text): Decimal(exactly: text)
        case .null, .bool, .array, .object: nil
        }
    }

    /// A scalar as text: ids come as strings from some callers and as numbers from others.
    var scalarText: String? {
        switch self {
        case .number(let text), .string(let text): text
        case .null, .bool, .array, .object: nil
        }
    }
}
