import Foundation
import SeededRandom
import Testing

@testable import Commerce

/// What the checks of rules claim about conditions, against trying every fact of a small world.
@Suite("Conditions against each other")
struct ReturnPolicyConstraintTests {
    private static let words = ["a", "b", "c", "d"]
    private static let subsets = (0..<16).map { bits in
        FactValue.texts(Set(words.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)))
    }

    /// The kind, every fact there is of it, and the values that conditions compare with.
    private static let worlds: [(kind: FactKind, facts: [FactValue], values: [FactScalar])] = [
        (.text(choices: ["a", "b", "c"]), ["a", "b", "c"].map { .text($0) }, ["a", "b", "c"].map { .text($0) }),
        (.code, (words + ["other", "another", "third"]).map { .text($0) }, words.map { .text($0) }),
        (.texts, subsets, words.dropLast().map { .text($0) }),
        (.count, (0...12).map { .number($0) }, (0...5).map { .number($0) }),
        (
            .percent, [0, 1, 2, 3, 5_000_000_000, 9_999_999_998, 9_999_999_999, 10_000_000_000].map { .number($0) },
            [0, 1, 2, 9_999_999_999, 10_000_000_000].map { .number($0) }
        ),
        (.flag, [.flag(true), .flag(false)], [.flag(true), .flag(false)]),
    ]

    private func condition(
        _ kind: FactKind, _ values: [FactScalar], _ random: inout SeededGenerator
    ) -> FactConstraint? {
        let field = ConditionField(.order, "test", kind, "") { _ in nil }
        let tests = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ -> ConditionTest? in
            guard let comparison = kind.operators.randomElement(using: &random) else { return nil }
            let count = comparison.takesList ? Int.random(in: 0...2, using: &random) : 1
            return ConditionTest(comparison, (0..<count).compactMap { _ in values.randomElement(using: &random) })
        }
        return RuleCondition(field, tests)?.constraint
    }

    @Test("are called impossible, implied or compatible exactly or on the safe side")
    func smallWorlds() {
        var random = SeededGenerator()
        var implied = 0
        for round in 0..<30_000 {
            let world = Self.worlds[round % Self.worlds.count]
            guard let left = condition(world.kind, world.values, &random),
                let right = condition(world.kind, world.values, &random),
                let both = left.intersection(right)
            else {
                Issue.record("no condition, \(random)")
                continue
            }
            let leftFacts = world.facts.filter(left.holds)
            let bothFacts = world.facts.filter(both.holds)
            #expect(bothFacts == leftFacts.filter(right.holds), "\(random)")
            #expect(left.isEmpty(world.kind) == leftFacts.isEmpty, "\(world.kind) \(left) \(random)")
            #expect(both.isEmpty(world.kind) == bothFacts.isEmpty, "\(world.kind) \(both) \(random)")
            let isImplied = bothFacts == leftFacts
            if left.implies(right, world.kind) {
                #expect(isImplied, "\(world.kind) \(left) \(right) \(random)")
                implied += 1
            } else if world.kind != .texts {
                #expect(!isImplied, "\(world.kind) \(left) \(right) \(random)")
            }
            #expect(left.implies(left, world.kind), "\(left) \(random)")
        }
        #expect(implied > 1_000)
    }

    @Test("the ends of the numbers are no exception")
    func extremes() {
        let number = FactKind.day
        for (comparison, value, isEmpty) in [
            (.moreThan, Int64.max, true), (.lessThan, .min, true), (.atLeast, .max, false), (.atMost, .min, false),
            (.isNot, .max, false),
        ] as [(ConditionOperator, Int64, Bool)] {
            let constraint = ConditionTest(comparison, [.number(value)]).constraint(number)
            #expect(constraint?.isEmpty(number) == isEmpty)
        }
    }
}
