import Foundation

/// Readers that take what providers send in more than one shape. Absent and null are the same to all of them.
extension KeyedDecodingContainer {
    /// A string, or a number as text.
    func text(_ key: Key) throws -> String? {
        try decodeIfPresent(DecimalText.self, forKey: key)?.text
    }

    /// A string that says something; nil when it is empty.
    func nonEmptyText(_ key: Key) throws -> String? {
        try text(key).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A boolean, also as `"true"`, `"T"`, `1`.
    func flag(_ key: Key) throws -> Bool? {
        try decodeIfPresent(LenientFlag.self, forKey: key)?.value
    }

    /// A whole number, also as a string or as `2.0`.
    func wholeNumber(_ key: Key) throws -> Int? {
        guard let amount = try decodeIfPresent(DecimalText.self, forKey: key) else { return nil }
        guard let number = amount.wholeNumber else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "not a whole number")
        }
        return number
    }

    /// A list; empty for null.
    func list<Element: Decodable>(_ key: Key, of type: Element.Type = Element.self) throws -> [Element] {
        try decodeIfPresent([Element].self, forKey: key) ?? []
    }
}

private struct LenientFlag: Decodable {
    let value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            value = flag
            return
        }
        let text = try DecimalText(from: decoder).text.lowercased()
        guard let known = Self.words[text] else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a boolean")
        }
        value = known
    }

    private static let words = ["true": true, "t": true, "1": true, "false": false, "f": false, "0": false]
}
