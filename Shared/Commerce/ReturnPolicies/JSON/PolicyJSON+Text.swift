extension PolicyJSON {
    /// The value in a line for people, e.g. `15`, `ship, store`, `days 60, anchor ordered`.
    var plainText: String {
        switch self {
        case .null: "none"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let text), .text(let text): text
        case .list(let items): items.isEmpty ? "none" : items.map(\.plainText).joined(separator: ", ")
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.plainText)" }.joined(separator: ", ")
        }
    }
}
