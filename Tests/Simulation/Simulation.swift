import Foundation
import Synchronization

/// Runs the saga engine in worlds that seeds decide.
public enum Simulation {
    /// What became of one world.
    public struct World: Sendable {
        public let seed: UInt64
        public let violations: [String]
        /// Empty unless asked for.
        public let trace: [String]
        public let tally: Tally
    }

    /// The same seed always gives the same world.
    public static func run(seed: UInt64, isTraced: Bool = false) -> Simulation.World {
        let world = SimulatedWorld(seed: seed, isTraced: isTraced)
        world.live()
        return Simulation.World(seed: seed, violations: world.violations, trace: world.trace, tally: world.tally)
    }

    /// Runs seeds on all cores.
    /// - Parameter endsEarly: whether one violation is enough.
    public static func run(seeds count: Int, from first: UInt64 = 1, endsEarly: Bool = false) async -> Report {
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        let hasFailed = Failed()
        return await withTaskGroup(of: Report.self) { group in
            for lane in 0..<lanes {
                let seeds = stride(from: lane, to: count, by: lanes).map { first + UInt64($0) }
                group.addTask { run(seeds, until: endsEarly ? hasFailed : nil) }
            }
            return await group.reduce(into: Report()) { $0 += $1 }
        }
    }

    private final class Failed: Sendable {
        let flag = Atomic(false)
    }

    private static func run(_ seeds: [UInt64], until failed: Failed?) -> Report {
        var report = Report()
        for seed in seeds {
            guard failed?.flag.load(ordering: .relaxed) != true else { break }
            report.add(seed % 64 == 0 ? runTwice(seed) : run(seed: seed))
            if !report.failures.isEmpty { failed?.flag.store(true, ordering: .relaxed) }
        }
        return report
    }

    /// Shows for some of the seeds that they decide everything.
    private static func runTwice(_ seed: UInt64) -> Simulation.World {
        let (first, second) = (run(seed: seed, isTraced: true), run(seed: seed, isTraced: true))
        guard first.trace != second.trace else { return first }
        let lines = zip(first.trace, second.trace).first { $0 != $1 }
        return Simulation.World(
            seed: seed, violations: first.violations + ["came out otherwise the second time: \(lines?.0 ?? "")"],
            trace: first.trace, tally: first.tally)
    }
}
