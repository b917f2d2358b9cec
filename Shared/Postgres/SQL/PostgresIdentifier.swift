/// A name of a schema, table or column, safe to splice into a statement with `\(identifier:)`.
///
/// The server cuts names after 63 bytes, which could make two names one; such names are refused.
public struct PostgresIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The parts as given; two for a name in a schema.
    public let parts: [String]

    /// Takes one name, or several that are joined by dots (schema and table). `nil` for an empty list, an empty or
    /// overlong name, or a name with a zero byte.
    public init?(_ parts: String...) {
        guard !parts.isEmpty, parts.allSatisfy(Self.isName) else { return nil }
        self.parts = parts
    }

    /// `"schema"."table"`, quotes inside doubled.
    public var quoted: String {
        parts.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ".")
    }

    public var description: String { quoted }

    private static func isName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && !text.utf8.contains(0)
    }
}
