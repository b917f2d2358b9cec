import Foundation

/// A JSON value to look into: `order.lines[0].sku.string`. What is not there is `null`.
@dynamicMemberLookup
public struct JSON: Sendable, Equatable, CustomStringConvertible {
    private indirect enum Value: Sendable, Equatable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSON])
        case object([String: JSON])
    }

    private let value: Value

    public init(parsing bytes: [UInt8]) throws {
        self.init(any: try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
    }

    private init(_ value: Value) {
        self.value = value
    }

    private init(any: Any) {
        switch any {
        case let object as [String: Any]: value = .object(object.mapValues(JSON.init(any:)))
        case let array as [Any]: value = .array(array.map(JSON.init(any:)))
        case let text as String: value = .string(text)
        case let number as NSNumber:
            value = CFBooleanLike.isBool(number) ? .bool(number.boolValue) : .number(number.doubleValue)
        default: value = .null
        }
    }

    public subscript(dynamicMember name: String) -> JSON { self[name] }

    public subscript(name: String) -> JSON {
        if case .object(let object) = value { object[name] ?? JSON(.null) } else { JSON(.null) }
    }

    public subscript(index: Int) -> JSON {
        if case .array(let array) = value, array.indices.contains(index) { array[index] } else { JSON(.null) }
    }

    public var string: String? { if case .string(let text) = value { text } else { nil } }
    public var int: Int? { if case .number(let number) = value { Int(number) } else { nil } }
    public var number: Double? { if case .number(let number) = value { number } else { nil } }
    public var bool: Bool? { if case .bool(let bool) = value { bool } else { nil } }
    public var array: [JSON] { if case .array(let array) = value { array } else { [] } }
    public var keys: [String] { if case .object(let object) = value { object.keys.sorted() } else { [] } }
    public var isNull: Bool { value == .null }

    public var description: String {
        switch value {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .string(let text): "\"\(text)\""
        case .array(let array): "[" + array.map(\.description).joined(separator: ",") + "]"
        case .object(let object):
            "{" + object.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
        }
    }
}

private enum CFBooleanLike {
    /// JSONSerialization gives booleans as numbers of the C type `char`.
    static func isBool(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}
