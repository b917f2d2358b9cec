/// The sets of words that one fact may be.
struct TextsConstraint: Hashable, Sendable {
    /// One word of each group must be there.
    private(set) var anyOf: Set<Set<String>> = []
    private(set) var allOf: Set<String> = []
    private(set) var noneOf: Set<String> = []

    static func any(_ words: Set<String>) -> TextsConstraint { TextsConstraint(anyOf: [words]) }

    static func all(_ words: Set<String>) -> TextsConstraint { TextsConstraint(allOf: words) }

    static func none(_ words: Set<String>) -> TextsConstraint { TextsConstraint(noneOf: words) }

    func holds(_ words: Set<String>) -> Bool {
        allOf.isSubset(of: words) && noneOf.isDisjoint(with: words)
            && anyOf.allSatisfy { !$0.isDisjoint(with: words) }
    }

    func intersection(_ other: TextsConstraint) -> TextsConstraint {
        TextsConstraint(
            anyOf: anyOf.union(other.anyOf), allOf: allOf.union(other.allOf), noneOf: noneOf.union(other.noneOf))
    }

    /// Whether no set satisfies it: a word is both needed and forbidden, or every word of a group is forbidden.
    var isEmpty: Bool {
        !allOf.isDisjoint(with: noneOf) || anyOf.contains { $0.isSubset(of: noneOf) }
    }

    /// Whether every set that satisfies this one satisfies the other. Never yes wrongly.
    func implies(_ other: TextsConstraint) -> Bool {
        guard !isEmpty else { return true }
        return other.allOf.isSubset(of: needed) && other.noneOf.isSubset(of: noneOf)
            && other.anyOf.allSatisfy(guarantees)
    }

    /// Words that are in every set that satisfies it.
    private var needed: Set<String> {
        anyOf.map { $0.subtracting(noneOf) }.filter { $0.count == 1 }.reduce(allOf) { $0.union($1) }
    }

    private func guarantees(_ group: Set<String>) -> Bool {
        !allOf.isDisjoint(with: group) || anyOf.contains { $0.subtracting(noneOf).isSubset(of: group) }
    }
}
