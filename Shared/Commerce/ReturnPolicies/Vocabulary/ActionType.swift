/// What a rule may do.
///
/// The one declaration of an action serves the reading of rules, their checks, their evaluation and the document of
/// the vocabulary.
public struct ActionType: Sendable {
    public enum Group: String, Hashable, Sendable, CaseIterable {
        case item, handling, experience, money
    }

    public let name: String
    public let group: Group
    public let kind: ActionKind
    /// Whether it is decided for each line; otherwise once for the return, by any of its eligible lines.
    public let isOfLine: Bool
    /// Whether a person must decide when it is not known if the rule applies.
    public let isRestrictive: Bool
    public let summary: String

    init(
        _ group: Group, _ name: String, _ kind: ActionKind, ofLine isOfLine: Bool = false,
        restrictive isRestrictive: Bool = false, _ summary: String
    ) {
        self.group = group
        self.name = name
        self.kind = kind
        self.isOfLine = isOfLine
        self.isRestrictive = isRestrictive
        self.summary = summary
    }
}

extension ActionType: Equatable {
    public static func == (left: ActionType, right: ActionType) -> Bool { left.name == right.name }
}
