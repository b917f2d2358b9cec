/// The vocabulary of rules as a page for the people who write them.
public enum VocabularyDocument {
    /// Markdown tables of every condition and every action, from their declarations.
    public static var markdown: String {
        """
        ## Conditions

        \(table(["Condition", "Operators", "Value", "Of each line", "Meaning"], rows: conditions))

        ## Actions

        \(table(["Action", "Value", "Decided", "Meaning"], rows: actions))
        """
    }

    private static var conditions: [[String]] {
        ConditionVocabulary.fields.map { field in
            [
                "`\(field.name)`", field.kind.operators.map { "`\($0.rawValue)`" }.joined(separator: " "),
                field.kind.name, field.isOfLine ? "yes" : "no", field.summary,
            ]
        }
    }

    private static var actions: [[String]] {
        ActionVocabulary.actions.map { action in
            ["`\(action.name)`", action.kind.name, action.isOfLine ? "per line" : "once", action.summary]
        }
    }

    private static func table(_ head: [String], rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
