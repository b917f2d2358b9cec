/// A statement with its parameters.
///
/// Written as an interpolated string: `"SELECT name FROM orders WHERE id = \(id) AND state = ANY(\(states))"`. Each
/// interpolated value becomes a typed binary parameter (`$1`, `$2`, …) and is never part of the text, so a value
/// cannot change the statement. Text is spliced only by `\(unsafeRaw:)`, `\(identifier:)` and another `SQL`.
///
/// Statements are prepared once per connection by their text and parameter types: keep the text constant.
public struct SQL: Sendable, Hashable {
    /// A parameter, and where in the text (UTF-8 offset) its placeholder stands.
    struct Bind: Sendable, Hashable {
        let value: PostgresValue
        let offset: Int
    }

    public internal(set) var text: String
    var binds: [Bind]

    /// The parameters in order.
    public var values: [PostgresValue] { binds.map(\.value) }

    init(text: String, binds: [Bind] = []) {
        self.text = text
        self.binds = binds
    }

    mutating func append(_ value: PostgresValue) {
        binds.append(Bind(value: value, offset: text.utf8.count))
        text += "$\(binds.count)"
    }

    /// Splices another statement, numbering its placeholders on from this one's.
    mutating func append(_ fragment: SQL) {
        var position = fragment.text.startIndex
        for (number, bind) in fragment.binds.enumerated() {
            let placeholder = fragment.text.utf8.index(fragment.text.startIndex, offsetBy: bind.offset)
            text += fragment.text[position..<placeholder]
            append(bind.value)
            position = fragment.text.utf8.index(placeholder, offsetBy: "$\(number + 1)".utf8.count)
        }
        text += fragment.text[position...]
    }
}

extension Sequence<SQL> {
    /// Joins fragments into one, as in `conditions.joined(separator: " AND ")`.
    public func joined(separator: SQL) -> SQL {
        var result = SQL(text: "")
        for (index, fragment) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(fragment)
        }
        return result
    }
}
