extension PolicyAnalysis {
    /// Items of the inspection's checklist that cannot be told apart, are too long, or are asked for unknown reasons.
    var checklistProblems: [ReturnPolicyProblem] {
        let (name, items) = ("inspection_checklist", policy.inspectionChecklist)
        guard items.count <= InspectionItem.countMax else {
            return [
                ReturnPolicyProblem(
                    .tooMany, field: name,
                    "There are \(items.count) items; use at most \(InspectionItem.countMax).")
            ]
        }
        return repeats(of: items.map(\.id), field: { "\(name)[\($0)].id" }, what: "items of the checklist")
            + items.enumerated().flatMap { index, item in problems(of: item, field: "\(name)[\(index)]") }
    }

    private func problems(of item: InspectionItem, field: String) -> [ReturnPolicyProblem] {
        let texts = [
            ("id", item.id, InspectionItem.idCharactersMax), ("text", item.text, InspectionItem.textCharactersMax),
        ]
        let long = texts.filter { $0.1.count > $0.2 }.map { name, _, max in
            ReturnPolicyProblem(.badValue, field: "\(field).\(name)", "It is too long; use at most \(max) characters.")
        }
        return long + undeclared(item.reasons, .reason, field: "\(field).reasons")
    }
}
