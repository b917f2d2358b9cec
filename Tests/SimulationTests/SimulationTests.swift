import Foundation
import Simulation
import Testing

extension Tag {
    @Tag static var simulation: Self
}

/// `SEED=n` runs one seed and tells its trace, `STATESET_SIMULATION_SEEDS=n` that many.
@Suite("Seeded simulation", .tags(.simulation))
struct SimulationTests {
    /// Whether the tests run one by one: ten thousand worlds would keep all others waiting.
    private static var isAlone: Bool { ProcessInfo.processInfo.environment["STATESET_TEST_DEV_ENV"] != nil }

    @Test(
        "the engine keeps its promises in every world, and the worlds hold every fault, verb, operation and status",
        .enabled(if: isAlone || SimulationSettings.seed != nil))
    func manySeeds() async throws {
        if let seed = SimulationSettings.seed {
            try tell(seed)
        } else if let program = OptimisedProgram() {
            #expect(try await program.run(seeds: SimulationSettings.seeds) == 0, "it tells which seeds failed")
        } else {
            // LIMIT: a build without optimisation takes ten times as long.
            let report = await Simulation.run(seeds: 100)
            #expect(report.failures.isEmpty, "\(report)")
        }
    }

    private func tell(_ seed: UInt64) throws {
        let world = Simulation.run(seed: seed, isTraced: true)
        try FileHandle.standardError.write(contentsOf: Data((world.trace.joined(separator: "\n") + "\n").utf8))
        #expect(world.violations.isEmpty)
    }

    @Test("the same seed gives the same world, to the last line of its trace", arguments: 1...10 as ClosedRange<UInt64>)
    func repeatable(seed: UInt64) {
        let first = Simulation.run(seed: seed, isTraced: true)
        let second = Simulation.run(seed: seed, isTraced: true)
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 10)
    }
}
