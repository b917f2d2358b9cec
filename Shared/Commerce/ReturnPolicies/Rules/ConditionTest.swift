/// One comparison of a condition, e.g. at least 100.00.
public struct ConditionTest: Hashable, Sendable {
    public let comparison: ConditionOperator
    /// One value, or several where the operator takes a list.
    public let values: [FactScalar]

    public init(_ comparison: ConditionOperator, _ values: [FactScalar]) {
        self.comparison = comparison
        self.values = values
    }

    /// Nil where the operator does not go with the kind.
    func constraint(_ kind: FactKind) -> FactConstraint? {
        guard kind.operators.contains(comparison) else { return nil }
        switch kind {
        case .text, .code, .flag: return .text(textConstraint(kind))
        case .texts: return .texts(textsConstraint(kind))
        case .count, .amount, .percent, .day: return .number(numberConstraint)
        }
    }

    private func textConstraint(_ kind: FactKind) -> TextConstraint {
        switch comparison {
        case .isNot, .noneOf: .not(words(kind))
        default: .only(words(kind))
        }
    }

    private func textsConstraint(_ kind: FactKind) -> TextsConstraint {
        switch comparison {
        case .allOf: .all(words(kind))
        case .noneOf: .none(words(kind))
        default: .any(words(kind))
        }
    }

    private var numberConstraint: NumberConstraint {
        guard case .number(let number)? = values.first else { return .lessThan(.min) }
        return switch comparison {
        case .isNot: .not(number)
        case .atLeast: .atLeast(number)
        case .atMost: .atMost(number)
        case .moreThan: .moreThan(number)
        case .lessThan: .lessThan(number)
        default: .exactly(number)
        }
    }

    private func words(_ kind: FactKind) -> Set<String> {
        Set(
            values.compactMap { value in
                switch value {
                case .text(let text): kind.comparable(text)
                case .flag(let flag): FactConstraint.word(flag)
                case .number: nil
                }
            })
    }
}

extension ConditionTest {
    /// As a person reads it, e.g. `is at least 100.00`.
    func words(of kind: FactKind) -> String {
        "\(comparison.words) \(values.map(kind.text(of:)).joined(separator: ", "))"
    }
}
