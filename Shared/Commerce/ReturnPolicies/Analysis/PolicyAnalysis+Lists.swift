extension PolicyAnalysis {
    /// Names that the policy uses but does not declare, and names that it declares twice.
    var listProblems: [ReturnPolicyProblem] {
        let reasons = policy.reasons.map { $0.code.lowercased() }
        return repeats(of: reasons, field: { "reasons[\($0)]" }, what: "reasons")
            + repeats(of: policy.reasonGroups.map(\.id), field: { "reason_groups[\($0)].id" }, what: "reason groups")
            + groupProblems + exclusionProblems + feeProblems + checklistProblems
    }

    private var groupProblems: [ReturnPolicyProblem] {
        policy.reasonGroups.enumerated().flatMap { index, group in
            group.reasons.isEmpty
                ? [
                    ReturnPolicyProblem(
                        .badValue, field: "reason_groups[\(index)].reasons",
                        "The group \(group.id) has no reasons; add one, or remove the group.")
                ]
                : undeclared(group.reasons, .reason, field: "reason_groups[\(index)].reasons")
        }
    }

    private var exclusionProblems: [ReturnPolicyProblem] {
        [("non_returnable", policy.nonReturnable), ("final_sale", policy.finalSale)].flatMap { name, list in
            undeclared(list.tags, .tag, field: "\(name).tags")
                + undeclared(list.exceptReasons, .reason, field: "\(name).except_reasons")
        }
    }

    private var feeProblems: [ReturnPolicyProblem] {
        let grade = policy.instantRefund?.grade.map { [$0] } ?? []
        return undeclared(policy.fees.feeWaivedReasons, .reason, field: "fees.fee_waived_reasons", isExact: true)
            + undeclared(policy.feeWaivedGrades, .grade, field: "fee_waived_grades", isExact: true)
            + undeclared(grade, .grade, field: "instant_refund.grade", isList: false, isExact: true)
    }

    /// One problem for each word that should be declared elsewhere in the policy, but is not.
    ///
    /// `isExact` where the word is compared with regard to case, as the refund calculation does.
    func undeclared(
        _ words: [String], _ reference: ConditionField.Reference, rule: String? = nil, field: String,
        isList: Bool = true, isExact: Bool = false
    ) -> [ReturnPolicyProblem] {
        guard let known = policy.declared(reference) else { return [] }
        let declared = Set(isExact ? known : known.map { $0.lowercased() })
        let missing = words.enumerated().filter { !declared.contains(isExact ? $1 : $1.lowercased()) }
        return missing.prefix(Self.problemsMax).map { index, word in
            ReturnPolicyProblem(
                reference.code, rule: rule, field: isList ? "\(field)[\(index)]" : field,
                "'\(word)' is not among \(reference.place)\(NearestName.hint(word, among: known))")
        }
    }
}

extension ReturnPolicy {
    /// The words that may be used; nil where any may, because the policy does not declare them.
    fileprivate func declared(_ reference: ConditionField.Reference) -> [String]? {
        switch reference {
        case .tag: knownTags
        case .reason: reasons.isEmpty ? nil : reasons.map(\.code)
        case .grade: fees.grades.isEmpty ? nil : fees.grades.keys.sorted()
        case .zone: zones.map(\.id)
        case .country: CountryCode.all.sorted()
        case .currency: Currency.exponents.keys.sorted()
        }
    }
}

extension ConditionField.Reference {
    fileprivate var code: ReturnPolicyProblem.Code {
        switch self {
        case .tag: .unknownTag
        case .reason: .unknownReason
        case .grade: .unknownGrade
        case .zone: .unknownZone
        case .country: .badCountry
        case .currency: .unknownCurrency
        }
    }

    fileprivate var place: String {
        switch self {
        case .tag: "the known tags"
        case .reason: "the policy's reasons"
        case .grade: "the grades of the fees"
        case .zone: "the policy's zones"
        case .country: "the countries of ISO 3166-1"
        case .currency: "the currencies of ISO 4217"
        }
    }
}
