import Commerce
import Foundation
import Testing

@Suite("Properties of every return policy")
struct ReturnPolicyPropertyTests {
    static let rounds = 200

    /// Every round's policy, whether it would be accepted or not, with some facts.
    private func forEachRound(
        _ body: (ReturnPolicyReading, ReturnPolicy, ReturnFacts, inout ReturnPolicyGenerator) throws -> Void
    ) rethrows {
        var generator = ReturnPolicyGenerator()
        for _ in 0..<Self.rounds {
            let reading = generator.reading()
            guard let policy = reading.policy else {
                Issue.record("unreadable, \(generator.random)")
                continue
            }
            for _ in 0..<3 { try body(reading, policy, generator.facts(), &generator) }
        }
    }

    @Test("a decision is the same every time, and the order of rules changes nothing")
    func deterministic() {
        forEachRound { _, policy, facts, generator in
            let decision = policy.evaluate(facts)
            #expect(policy.evaluate(facts) == decision, "\(generator.random)")
            var shuffled = policy
            shuffled.rules.shuffle(using: &generator.random)
            #expect(shuffled.evaluate(facts) == decision, "\(generator.random)")
        }
    }

    @Test("every line gets an answer, and the outcome fits the lines and the reasons")
    func total() {
        var outcomes: [ReturnDecision.Outcome: Int] = [:]
        forEachRound { _, policy, facts, generator in
            let decision = policy.evaluate(facts)
            outcomes[decision.outcome, default: 0] += 1
            #expect(decision.lines.map(\.lineID) == facts.request.lines.map(\.lineID), "\(generator.random)")
            #expect(decision.lines.allSatisfy { $0.eligible == $0.reason.isEligible }, "\(generator.random)")
            #expect(decision.lines.allSatisfy { !$0.rule.isEmpty && !$0.message.isEmpty }, "\(generator.random)")
            #expect(decision.reasons.isEmpty == (decision.outcome == .approved), "\(generator.random)")
            #expect(!decision.eligibleLines.isEmpty || decision.outcome == .rejected, "\(generator.random)")
            for line in facts.order.lines {
                let units = decision.eligibleLines.filter { $0.lineID == line.id }.map(\.quantity).reduce(0, +)
                #expect(units <= max(0, min(line.fulfilled, line.quantity) - line.returned), "\(generator.random)")
            }
        }
        #expect(outcomes.count == 3)
    }

    @Test("what an explanation names is there, and every rule that decided is named")
    func explanations() {
        forEachRound { _, policy, facts, generator in
            let decision = policy.evaluate(facts)
            let names = Set(policy.rules.map(\.id))
            #expect(decision.explanation.rules.isSubset(of: names), "\(generator.random)")
            for rule in decision.lines.map(\.rule) + decision.reasons.map(\.rule) where names.contains(rule) {
                #expect(decision.explanation.rules.contains(rule), "\(generator.random)")
            }
            for node in decision.explanation.all where node.setting != nil {
                let isThere = node.setting?.hasPrefix("zones") == true || node.setting.map(Self.isSetting) == true
                #expect(isThere, "\(node.setting ?? "") \(generator.random)")
            }
            #expect(!decision.explanation.staffText.contains("Optional("), "\(generator.random)")
        }
    }

    private static func isSetting(_ path: String) -> Bool {
        let known = [
            "order", "request", "final_sale", "non_returnable", "fees", "instant_refund", "approval_limit", "reasons",
            "resolutions",
        ]
        return known.contains { path == $0 || path.hasPrefix("\($0).") }
    }

    @Test("a rule that is called unreachable decides nothing, nor does an action that is")
    func unreachable() {
        var found = 0
        forEachRound { reading, policy, facts, generator in
            let dead = reading.problems.filter { $0.code == .unreachableRule || $0.code == .unreachableAction }
            guard !dead.isEmpty else { return }
            found += 1
            let deciders = policy.evaluate(facts).explanation.deciders
            for problem in dead {
                let action = problem.code == .unreachableAction ? problem.field.split(separator: ".").last : nil
                let decided = deciders.contains { decider in
                    decider.rule == problem.rule && (action.map { $0 == decider.subject } ?? true)
                }
                #expect(!decided, "\(problem) \(generator.random)")
            }
        }
        #expect(found > 30)
    }

    @Test("without contradictions nothing rests on the names of rules")
    func names() {
        var found = 0
        forEachRound { reading, policy, facts, generator in
            guard !reading.problems.contains(where: { $0.code == .contradictoryRules }) else { return }
            found += 1
            var renamed = policy
            for index in renamed.rules.indices { renamed.rules[index].id = "s\(99 - index)" }
            let (decision, other) = (policy.evaluate(facts), renamed.evaluate(facts))
            #expect(decision.outcome == other.outcome, "\(generator.random)")
            #expect(decision.money == other.money, "\(generator.random)")
            #expect(decision.offer.resolutions == other.offer.resolutions, "\(generator.random)")
            #expect(decision.lines.map(\.reason) == other.lines.map(\.reason), "\(generator.random)")
            #expect(decision.lines.map(\.disposition) == other.lines.map(\.disposition), "\(generator.random)")
            #expect(decision.lines.map(\.feesWaivedBy) == other.lines.map(\.feesWaivedBy), "\(generator.random)")
            #expect(decision.lines.map(\.window) == other.lines.map(\.window), "\(generator.random)")
        }
        #expect(found > 60)
    }

    @Test("two rules that are met together and differ are called a contradiction")
    func contradictions() {
        var found = 0
        forEachRound { _, policy, facts, generator in
            var level = policy
            for index in level.rules.indices { level.rules[index].priority = 1 }
            let names = Set(level.problems.filter { $0.code == .contradictoryRules }.compactMap(\.rule))
            for clash in level.evaluate(facts).explanation.clashes(level) {
                found += 1
                #expect(!names.isDisjoint(with: clash), "\(clash) \(generator.random)")
            }
        }
        #expect(found > 3)
    }

    @Test("a policy is written and read without a change to its decisions or its problems")
    func roundTrip() throws {
        try forEachRound { reading, policy, facts, generator in
            let again = ReturnPolicy.reading(try JSONEncoder().encode(policy))
            #expect(again.policy == policy, "\(generator.random)")
            #expect(again.problems == reading.problems, "\(generator.random)")
            #expect(again.policy?.evaluate(facts) == policy.evaluate(facts), "\(generator.random)")
        }
    }
}

extension PolicyExplanation {
    var all: [PolicyExplanation] { [self] + children.flatMap(\.all) }

    /// The nodes in which a rule decides an action, alone or with others.
    var deciders: [PolicyExplanation] {
        let actions = Set(ActionVocabulary.actions.map(\.name))
        return all.filter { actions.contains($0.subject) && !["overruled", "unknown"].contains($0.result) }
    }

    /// Pairs of rules of one priority of which the one overrules the other.
    func clashes(_ policy: ReturnPolicy) -> [Set<String>] {
        let priorities = Dictionary(policy.rules.map { ($0.id, $0.priority) }) { first, _ in first }
        return all.flatMap { node in
            node.children.filter { child in
                child.subject == node.subject && child.result == "overruled"
                    && child.rule.map { priorities[$0] } == node.rule.map { priorities[$0] }
            }.map { Set([$0.rule, node.rule].compactMap { $0 }) }
        }
    }
}
