extension VocabularyDocument {
    /// Tables of every member of a policy, every condition and every action.
    public static var markdown: String {
        let document = VocabularyDocument()
        return """
            ## Members

            \(table(["Member", "Value", "Left out", "Meaning"], ReturnPolicy.members.map { row($0.path, $0.member) }))

            ## Conditions

            \(table(["Condition", "Operators", "Value", "Of each line", "Told", "Meaning"], document.conditions.map(\.row)))

            ## Actions

            \(table(["Action", "Value", "Decided", "Meaning"], document.actions.map(\.row)))
            """
    }

    private static func row(_ path: String, _ member: PolicyShapeMember) -> [String] {
        let standard = member.isRequired ? "required" : member.standard.map { "`\($0)`" } ?? "-"
        return ["`\(path)`", member.shape.words, standard, ReturnPolicy.meaning(of: path) ?? ""]
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}

extension VocabularyDocument.Condition {
    fileprivate var row: [String] {
        [
            "`\(name)`", operators.map { "`\($0)`" }.joined(separator: " "), value, ofLine ? "yes" : "no",
            told ? "yes" : "not yet", meaning,
        ]
    }
}

extension VocabularyDocument.Action {
    fileprivate var row: [String] {
        ["`\(name)`", value, ofLine ? "per line" : "once", meaning]
    }
}
