/// What the tests of one condition together allow a fact to be.
///
/// Everything the checks of rules need: whether nothing satisfies it, whether one implies another, whether two have
/// something in common.
enum FactConstraint: Hashable, Sendable {
    case text(TextConstraint)
    case texts(TextsConstraint)
    case number(NumberConstraint)

    /// Whether the fact, in its comparable form, satisfies it; a fact of another form does not.
    func holds(_ value: FactValue) -> Bool {
        switch (self, value) {
        case (.text(let constraint), .text(let word)): constraint.holds(word)
        case (.text(let constraint), .flag(let flag)): constraint.holds(Self.word(flag))
        case (.texts(let constraint), .texts(let words)): constraint.holds(words)
        case (.number(let constraint), .number(let number)): constraint.holds(number)
        default: false
        }
    }

    /// Nil for constraints on facts of different forms.
    func intersection(_ other: FactConstraint) -> FactConstraint? {
        switch (self, other) {
        case (.text(let left), .text(let right)): .text(left.intersection(right))
        case (.texts(let left), .texts(let right)): .texts(left.intersection(right))
        case (.number(let left), .number(let right)): .number(left.intersection(right))
        default: nil
        }
    }

    func isEmpty(_ kind: FactKind) -> Bool {
        switch self {
        case .text(let constraint): constraint.isEmpty(choices: kind.words)
        case .texts(let constraint): constraint.isEmpty
        case .number(let constraint): constraint.isEmpty(within: kind.bounds)
        }
    }

    func implies(_ other: FactConstraint, _ kind: FactKind) -> Bool {
        switch (self, other) {
        case (.text(let left), .text(let right)): left.implies(right, choices: kind.words)
        case (.texts(let left), .texts(let right)): left.implies(right)
        case (.number(let left), .number(let right)): left.implies(right, within: kind.bounds)
        default: false
        }
    }

    static func word(_ flag: Bool) -> String { flag ? "true" : "false" }
}

extension FactKind {
    /// The only words there are, in their comparable form; nil where any may occur.
    fileprivate var words: [String]? {
        switch self {
        case .text(let choices): choices?.map { $0.lowercased() }
        case .flag: [FactConstraint.word(true), FactConstraint.word(false)]
        case .code, .texts, .count, .amount, .percent, .day: nil
        }
    }
}
