import Sagas

/// What many seeds came to.
public struct Report: Sendable, CustomStringConvertible {
    public private(set) var seeds = 0
    public private(set) var tally = Tally()
    /// The seeds that violated something, and what.
    public private(set) var failures: [(seed: UInt64, violations: [String])] = []

    public init() {}

    mutating func add(_ world: Simulation.World) {
        seeds += 1
        tally += world.tally
        if !world.violations.isEmpty { failures.append((world.seed, world.violations)) }
    }

    static func += (left: inout Report, right: Report) {
        left.seeds += right.seeds
        left.tally += right.tally
        left.failures = (left.failures + right.failures).sorted { $0.seed < $1.seed }
    }

    public var description: String {
        let mean = (tally.meanSteps * 10).rounded() / 10
        var lines = ["\(seeds) seeds, \(tally.sagas) sagas, \(tally.activations) activations, \(mean) steps a saga"]
        lines += table("faults", Fault.allCases.map { ($0.rawValue, tally.faults[$0] ?? 0) })
        lines += table("verbs carried out", SagaVerb.allCases.map { ($0.rawValue, tally.verbs[$0] ?? 0) })
        lines += table("operations", SagaStep.Kind.allCases.map { ($0.rawValue, tally.operations[$0] ?? 0) })
        lines += table("statuses reached", SagaStatus.allCases.map { ($0.rawValue, tally.statuses[$0] ?? 0) })
        lines += table("statuses at the end", SagaStatus.allCases.map { ($0.rawValue, tally.finalStatuses[$0] ?? 0) })
        for failure in failures.prefix(20) { lines += self.lines(of: failure) }
        if !failures.isEmpty { lines.append("\(failures.count) seeds failed") }
        return lines.joined(separator: "\n")
    }

    private func table(_ title: String, _ rows: [(String, Int)]) -> [String] {
        [title + ":"]
            + rows.map { name, count in
                let digits = String(count)
                return "  \(name)" + String(repeating: " ", count: max(1, 58 - name.count - digits.count)) + digits
            }
    }

    private func lines(of failure: (seed: UInt64, violations: [String])) -> [String] {
        ["SEED=\(failure.seed) fails:"] + failure.violations.prefix(3).map { "  \($0)" }
    }
}
