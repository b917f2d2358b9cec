/// What a person says to the customer of what they decide.
enum CustomerMessage {
    // LIMIT: a few sentences within a mail.
    static let charactersMax = 2000

    /// Nil where nothing is said. Failure: 422.
    static func checked(_ message: String?) throws(Problem) -> String? {
        guard let message, !message.allSatisfy(\.isWhitespace) else { return nil }
        guard message.count <= charactersMax else {
            throw .invalid("message", "It must be at most \(charactersMax) characters.")
        }
        return message
    }
}
