extension PolicyAnalysis {
    /// Grades that there are not, and broken goods that would be sold as they are.
    var dispositionProblems: [ReturnPolicyProblem] {
        policy.dispositions.sorted { $0.key < $1.key }.compactMap { name, disposition in
            problem(of: name, disposition, field: "dispositions.\(name)")
        }
    }

    private func problem(of name: String, _ disposition: GoodsDisposition, field: String) -> ReturnPolicyProblem? {
        guard let grade = GoodsGrade(rawValue: name) else {
            let names = GoodsGrade.allCases.map(\.rawValue).joined(separator: ", ")
            return ReturnPolicyProblem(
                .unknownGrade, field: field, "There is no grade '\(name)' of goods; use one of \(names).")
        }
        guard grade == .d, disposition == .restock else { return nil }
        let others = GoodsDisposition.allCases.filter { $0 != .restock }.map(\.rawValue).joined(separator: ", ")
        return ReturnPolicyProblem(
            .badValue, field: field, "Goods of grade D are damaged and not sold as they are; use one of \(others).")
    }
}
