import Foundation

/// A value of an AMQP table: a message header or a declare argument.
public enum AMQPValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    /// Whole seconds, as AMQP carries it.
    case timestamp(Date)
    case array([AMQPValue])
    case table([String: AMQPValue])
}

extension AMQPValue {
    /// The text, when this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, when this is an integer of any width.
    public var int: Int64? {
        if case .int(let number) = self { number } else { nil }
    }

    /// The elements, when this is an array.
    public var array: [AMQPValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The entries, when this is a nested table.
    public var table: [String: AMQPValue]? {
        if case .table(let entries) = self { entries } else { nil }
    }
}

extension AMQPValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
