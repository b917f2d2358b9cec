import Foundation

/// A JSON value as it came. Numbers stay decimal text, so that no digit of an amount or a percentage is lost.
enum PolicyJSON: Equatable, Sendable {
    case null
    case flag(Bool)
    case number(String)
    case text(String)
    case list([PolicyJSON])
    case object([String: PolicyJSON])

    /// What a person would call it, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .flag: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }

    static func number(_ value: Int) -> PolicyJSON { .number(String(value)) }
}

extension PolicyJSON: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int64.self) {
            self = .number(String(integer))
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([PolicyJSON].self) {
            self = .list(list)
        } else if let object = try? container.decode([String: PolicyJSON].self) {
            self = .object(object)
        } else {
            self = .number("\(try container.decode(Decimal.self))")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        case .number(let text): try Self.encode(number: text, to: &container)
        }
    }

    private static func encode(number text: String, to container: inout any SingleValueEncodingContainer) throws {
        if let integer = Int64(text) {
            try container.encode(integer)
        } else if let decimal = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) {
            try container.encode(decimal)
        } else {
            try container.encode(text)
        }
    }
}
