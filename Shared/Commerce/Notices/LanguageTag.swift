/// A language, with script and region where they are told: `fr`, `fr-CA`, `zh-Hant-TW`.
///
/// Source: RFC 5646, 2.1. Variants and extensions are no part of it: nothing is written in them.
public struct LanguageTag: Hashable, Sendable {
    /// In the usual case of letters: `fr-CA`.
    public let text: String
    /// Without script and region: `fr`.
    public let language: String

    // LIMIT: a language of three letters, a script of four, a region of three, and what parts them.
    private static let bytesMax = 12

    /// Nil for a text that is none. Any case is taken, and `_` for `-`.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax,
            let parts = text.wholeMatch(of: /([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?/)
        else { return nil }
        let language = parts.1.lowercased()
        let script = parts.2.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
        let region = parts.3.map { $0.uppercased() }
        self.language = language
        self.text = [language, script, region].compactMap(\.self).joined(separator: "-")
    }
}
