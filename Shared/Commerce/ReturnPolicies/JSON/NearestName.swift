/// Finds the name somebody probably meant.
enum NearestName {
    /// The known name closest to the text by edit distance; nil when none is close.
    ///
    /// A name such as `order.tags` is also compared by its part after the dot, and one that goes on where the text ends
    /// counts as close. Ties go to the first in alphabetical order.
    static func to(_ text: String, among names: some Sequence<String>) -> String? {
        let word = text.lowercased()
        // LIMIT: a third of the letters may be wrong, and two in a short word.
        let distanceMax = max(2, word.count / 3)
        // LIMIT: names of a policy's own lists may be many; a hint is not worth comparing with all of them.
        let ranked = names.prefix(2_000).map { (distance: distance(word, $0), name: $0) }
            .filter { $0.distance <= distanceMax && $0.distance < word.count }
        return ranked.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// `; did you mean 'order.tags'?`, or nothing.
    static func hint(_ text: String, among names: some Sequence<String>) -> String {
        to(text, among: names).map { "; did you mean '\($0)'?" } ?? "."
    }

    private static func distance(_ word: String, _ name: String) -> Int {
        if name.lowercased().hasPrefix(word) { return 1 }
        let whole = levenshtein(Array(word.utf8), Array(name.lowercased().utf8))
        guard !word.contains("."), let dot = name.lastIndex(of: ".") else { return whole }
        let last = name[name.index(after: dot)...].lowercased()
        return min(whole, levenshtein(Array(word.utf8), Array(last.utf8)))
    }

    private static func levenshtein(_ left: [UInt8], _ right: [UInt8]) -> Int {
        // LIMIT: longer texts are no misspelt names, and the table grows with the product of the lengths.
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (position, other) in right.enumerated() {
                let substitution = diagonal + (letter == other ? 0 : 1)
                diagonal = row[position + 1]
                row[position + 1] = min(substitution, diagonal + 1, row[position] + 1)
            }
        }
        return row[right.count]
    }
}
