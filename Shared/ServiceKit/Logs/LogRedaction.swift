/// Keeps secrets and personal data out of log lines, whatever was passed as metadata.
enum LogRedaction {
    static let replacement = "redacted"

    private static let sensitiveWords: Set<String> = [
        "authorization", "password", "passwd", "passphrase", "secret", "secrets", "token", "tokens", "apikey", "cookie",
        "credential", "credentials", "signature", "email", "phone", "street", "street1", "street2",
    ]
    private static let sensitivePairs: Set<String> = [
        "api key", "private key", "secret key", "access key", "first name", "last name", "customer name", "card number",
    ]

    /// Whether a value under this key is never written; words are told apart by `_`, `-`, `.` and capitals.
    static func isSensitive(key: String) -> Bool {
        let words = words(of: key)
        return words.contains(where: sensitiveWords.contains)
            || zip(words, words.dropFirst()).contains { sensitivePairs.contains("\($0) \($1)") }
    }

    /// The text without user names and passwords in URLs, bearer tokens and e-mail addresses.
    static func scrub(_ text: String) -> String {
        guard text.contains("@") || text.contains("earer ") else { return text }
        return
            text
            .replacing(/:\/\/[^\s\/@]+@/, with: "://\(replacement)@")
            .replacing(/[Bb]earer\s+[^\s"',]+/, with: "Bearer \(replacement)")
            .replacing(/[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+/, with: replacement)
    }

    private static func words(of key: String) -> [String] {
        var words = [""]
        var previousIsLower = false
        for character in key {
            if !character.isLetter && !character.isNumber {
                words.append("")
            } else if character.isUppercase && previousIsLower {
                words.append(character.lowercased())
            } else {
                words[words.count - 1] += character.lowercased()
            }
            previousIsLower = character.isLowercase
        }
        return words.filter { !$0.isEmpty }
    }
}
