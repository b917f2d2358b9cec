import Commerce
import Foundation
import Messaging

/// A JSON value on its way out or in: members keep their order, and stored documents pass through as they are.
indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case string(String)
    case array([JSON])
    case object([Member])
    /// Text that is JSON already.
    case raw(String)

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSON
    }

    /// The string, or null.
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// The number, or null.
    static func number(_ number: Int?) -> JSON { number.map(JSON.int) ?? .null }

    /// The id in its prefixed form, or null.
    static func id<Tag: IDTag>(_ id: ID<Tag>?) -> JSON { text(id?.description) }

    /// RFC 3339 in UTC, or null.
    static func time(_ date: Date?) -> JSON { text(date.map(WireJSON.text)) }

    static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
    init(nilLiteral: ()) { self = .null }
}

extension JSON {
    /// A member of an object; nil for everything else.
    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The object with further members.
    func adding(_ members: [Member]) -> JSON {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    /// The object with the members of another.
    func adding(_ other: JSON) -> JSON {
        guard case .object(let members) = other else { return self }
        return adding(members)
    }
}
