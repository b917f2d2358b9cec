import Foundation

/// What the environment says about a run.
public enum SimulationSettings {
    /// `SEED`: the one seed to run again.
    public static var seed: UInt64? { number("SEED") }
    /// `STATESET_SIMULATION_SEEDS`: how many to run.
    public static var seeds: Int { number("STATESET_SIMULATION_SEEDS").map(Int.init) ?? 10_000 }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
