import Foundation

/// Readers of settings; each failure names its key. Values may come as a command line gives them, as text.
extension KeyedDecodingContainer where Key: RawRepresentable<String> {
    func required(_ key: Key) throws -> String {
        guard let value = try optional(key) else { throw SettingProblem(key: key.rawValue, text: "is missing") }
        return value
    }

    /// Nil when it is absent, null or empty.
    func optional(_ key: Key) throws -> String? {
        try nonEmptyText(key)
    }

    /// A list, or a text with commas; at least one value.
    func requiredList(_ key: Key) throws -> [String] {
        let filled = try values(key).filter { !$0.isEmpty }
        guard !filled.isEmpty else { throw SettingProblem(key: key.rawValue, text: "is missing") }
        return filled
    }

    /// A list, or a text with commas; empty when it is absent.
    func optionalList(_ key: Key) throws -> [String] {
        try values(key).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func values(_ key: Key) throws -> [String] {
        if let list = try? decode([String].self, forKey: key) { return list }
        return try (text(key) ?? "").split(separator: ",").map(String.init)
    }

    func optionalFlag(_ key: Key) throws -> Bool? {
        try flag(key)
    }

    /// An absolute http or https URL, without the slash at its end.
    func url(_ key: Key, default fallback: String) throws -> String {
        let value = try optional(key) ?? fallback
        let isAbsolute = value.hasPrefix("https://") || value.hasPrefix("http://")
        guard isAbsolute, !value.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "#" }) else {
            throw SettingProblem(key: key.rawValue, text: "must be an http or https URL without a query")
        }
        return value.hasSuffix("/") ? String(value.dropLast()) : value
    }

    /// A text that matches what the provider takes.
    func required(_ key: Key, must rule: String, _ isValid: (String) -> Bool) throws -> String {
        let value = try required(key)
        guard isValid(value) else { throw SettingProblem(key: key.rawValue, text: rule) }
        return value
    }

    /// A whole number above zero; nil when it is absent or empty.
    func positive(_ key: Key) throws -> Int? {
        guard let text = try optional(key) else { return nil }
        guard let number = DecimalText(text).wholeNumber, number > 0 else {
            throw SettingProblem(key: key.rawValue, text: "must be a whole number above zero")
        }
        return number
    }

    /// A number above zero; nil when it is absent or empty.
    func positiveAmount(_ key: Key) throws -> Double? {
        guard let text = try optional(key) else { return nil }
        guard let number = Double(text), number.isFinite, number > 0 else {
            throw SettingProblem(key: key.rawValue, text: "must be a number above zero")
        }
        return number
    }
}
