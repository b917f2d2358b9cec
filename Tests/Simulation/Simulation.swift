import Foundation

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
    public static func run(seeds count: Int, from first: UInt64 = 1) async -> Report {
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        return await withTaskGroup(of: Report.self) { group in
            for lane in 0..<lanes {
                group.addTask { run(lane: lane, of: lanes, count, first) }
            }
            return await group.reduce(into: Report()) { $0 += $1 }
        }
    }

    private static func run(lane: Int, of lanes: Int, _ count: Int, _ first: UInt64) -> Report {
        var report = Report()
        for offset in stride(from: lane, to: count, by: lanes) {
            report.add(run(seed: first + UInt64(offset)))
        }
        return report
    }
}
