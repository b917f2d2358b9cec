/// One environment variable: its name, what it means and what it is without being set.
///
/// Each can also be given as `<name>_FILE`, the path of a file that holds the value.
public struct Setting: Hashable, Sendable {
    public let name: String
    /// What the README says of it, in Markdown.
    public let meaning: String
    /// What a right value looks like; completes "set it to …".
    public let form: String
    public let need: Need
    public let isSecret: Bool

    public enum Need: Hashable, Sendable {
        case required
        /// Needed only by these executables.
        case requiredBy([String])
        case defaults(String)
        /// Without it the process does without.
        case optional
    }

    init(_ name: String, _ need: Need, form: String, isSecret: Bool = false, _ meaning: String) {
        self.name = name
        self.meaning = meaning
        self.form = form
        self.need = need
        self.isSecret = isSecret
    }

    var defaultText: String? {
        guard case .defaults(let text) = need else { return nil }
        return text
    }
}
