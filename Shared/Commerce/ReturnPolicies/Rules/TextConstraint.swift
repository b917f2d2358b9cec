/// The words that one fact may be.
struct TextConstraint: Hashable, Sendable {
    /// Nil for any word.
    private(set) var allowed: Set<String>?
    private(set) var forbidden: Set<String> = []

    static func only(_ words: Set<String>) -> TextConstraint { TextConstraint(allowed: words) }

    static func not(_ words: Set<String>) -> TextConstraint { TextConstraint(allowed: nil, forbidden: words) }

    func holds(_ word: String) -> Bool {
        (allowed?.contains(word) ?? true) && !forbidden.contains(word)
    }

    func intersection(_ other: TextConstraint) -> TextConstraint {
        let both = allowed.map { words in other.allowed.map(words.intersection) ?? words } ?? other.allowed
        return TextConstraint(allowed: both, forbidden: forbidden.union(other.forbidden))
    }

    /// Whether no word satisfies it, among the choices where only those occur.
    func isEmpty(choices: [String]?) -> Bool {
        words(choices: choices).map(\.isEmpty) ?? false
    }

    /// Whether every word that satisfies this one satisfies the other. May say no where that is so, never yes wrongly.
    func implies(_ other: TextConstraint, choices: [String]?) -> Bool {
        if let words = words(choices: choices) { return words.allSatisfy(other.holds) }
        return other.allowed == nil && other.forbidden.isSubset(of: forbidden)
    }

    /// The words that satisfy it; nil when they cannot be listed.
    private func words(choices: [String]?) -> Set<String>? {
        guard let domain = allowed ?? choices.map(Set.init) else { return nil }
        return domain.subtracting(forbidden).filter { word in choices?.contains(word) ?? true }
    }
}
