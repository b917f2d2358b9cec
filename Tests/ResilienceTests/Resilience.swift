import Foundation
import SeededRandom
import Support
import Testing

/// The whole product in two replicas of every service, its processes and servers killed while orders travel.
///
/// The provider simulators are not killed: they stand for other companies' systems and keep their state in memory,
/// so that a restart would make the effects vanish that the suite counts.
@Suite("Resilience", .serialized, .enabled(if: RunningStack.isThere), .tags(.endToEnd))
enum Resilience {
    /// How many orders go to their end; a tenth more are refused by the warehouse. `STATESET_RESILIENCE_ORDERS=200`
    /// is the full measure, which takes minutes.
    static let orders = ProcessInfo.processInfo.environment["STATESET_RESILIENCE_ORDERS"].flatMap { Int($0) } ?? 30
    /// How many of their goods come back while the services that give the money back are killed.
    /// `STATESET_RESILIENCE_RETURNS=100` is the full measure, which takes a quarter of an hour.
    static let returns = ProcessInfo.processInfo.environment["STATESET_RESILIENCE_RETURNS"].flatMap { Int($0) } ?? 6
    /// How often each named point is to kill at least.
    static let hitsMin = 5
    /// Chooses the victims.
    static let seed =
        ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)
    /// LIMIT: what the full measure of 200 orders may take.
    static let patience = Duration.seconds(600)
}

extension Tag {
    @Tag static var endToEnd: Self
}
