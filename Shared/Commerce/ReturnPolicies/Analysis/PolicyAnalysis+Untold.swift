extension PolicyAnalysis {
    /// Warnings about what the policy asks and nothing tells yet: its rules and lists are kept, and never hit.
    var untold: [ReturnPolicyProblem] {
        rules.flatMap(untold) + untold("non_returnable", policy.nonReturnable) + untold("final_sale", policy.finalSale)
    }

    private func untold(_ place: (index: Int, rule: ReturnRule)) -> [ReturnPolicyProblem] {
        place.rule.when.filter(\.isUntold).map { condition in
            ReturnPolicyProblem(
                .untoldFact, rule: place.rule.id, field: "rules[\(place.index)].when.\(condition.field.name)",
                "Nothing tells '\(condition.field.name)' yet, so the rule never applies\(consequence); remove it, or "
                    + "write it with facts that are told.")
        }
    }

    private func untold(_ name: String, _ list: ItemExclusions) -> [ReturnPolicyProblem] {
        let types = list.types.filter { $0.lowercased() != ReturnPolicy.giftCardType }
        let members = [("tags", list.tags), ("types", types), ("collections", list.collections)]
        return members.filter { !$0.1.isEmpty }.map { member, _ in
            ReturnPolicyProblem(
                .untoldFact, field: "\(name).\(member)",
                "Nothing tells the \(member) of products yet, so the list holds none of them\(consequence); name their "
                    + "SKUs instead.")
        }
    }

    private var consequence: String {
        policy.unknownFacts == .review ? ", and returns it may refuse are reviewed" : ""
    }
}

extension RuleCondition {
    fileprivate var isUntold: Bool {
        guard ConditionVocabulary.untold.contains(field.name) else { return false }
        let values = tests.flatMap(\.values)
        let giftCard = FactScalar.text(ReturnPolicy.giftCardType)
        return field.name != "product.type" || values != [giftCard]
    }
}
