import Commerce
import Foundation
import Logging
import Postgres
import Providers
import Schema
import SeededRandom
import Support
import Synchronization
import Testing

@testable import ProviderGates

@Suite("Gate in Postgres", .enabled(if: TestDatabase.isThere))
struct PostgresGateTests {
    private static let start = 1_772_619_330.0

    @Test("decides step by step as the rules say", arguments: 0..<24)
    func conformance(seed: UInt64) async throws {
        try await TestDatabase.run(roles: ["stateset_tracking"]) { pools, workspace in
            var random = SeededGenerator(seed: seed)
            let limits = GateLimits(
                rate: seed % 3 == 0
                    ? nil
                    : .init(perSecond: .random(in: 1...8, using: &random), burst: .random(in: 1...20, using: &random)),
                slots: seed % 3 == 1 ? nil : .random(in: 1...5, using: &random),
                failuresMax: .random(in: 1...4, using: &random))
            let lane = GateLane("test/\(seed)", limits)
            let clock = Mutex(Self.start)
            let moment: @Sendable () -> Date? = { Date(timeIntervalSince1970: clock.withLock { $0 }) }
            let store = PostgresGateStore(pool: pools[0], workspaceID: workspace, moment: moment)
            var rules = GateState(limits, at: Self.start)
            var out: [GatePass] = []
            for step in 0..<120 {
                // WHY: a 64th of a second is exact for both.
                let now = clock.withLock { now in
                    now += Double(Int.random(in: 0...48, using: &random)) / 64
                    return now
                }
                if Int.random(in: 0..<5, using: &random) < 3 || out.isEmpty {
                    let asked = GateRequest(
                        lease: UUIDv7.make(), priority: CallPriority.allCases.randomElement(using: &random) ?? .bulk,
                        cost: Double(Int.random(in: 1...3, using: &random)), patience: 1)
                    let answer = try await store.enter(lane, asked)
                    let expected = rules.enter(asked, at: now)
                    #expect(answer.verdict.isClose(to: expected), "seed \(seed), step \(step)")
                    guard answer.verdict.isClose(to: expected) else { return }
                    if answer.verdict.isGranted { out.append(GatePass(lane: lane, lease: asked.lease)) }
                } else {
                    let pass = out.remove(at: .random(in: out.indices, using: &random))
                    let report = CallReport(
                        CallReport.Outcome.allCases.randomElement(using: &random) ?? .answered,
                        tokensLeft: Bool.random(using: &random) ? Double(Int.random(in: 0...20, using: &random)) : nil,
                        retryAfter: Int.random(in: 0..<8, using: &random) == 0 ? .seconds(2) : nil)
                    let change = try await store.leave(pass, report, took: 0.25)
                    #expect(
                        change == rules.leave(pass.lease, report, took: 0.25, at: now), "seed \(seed), step \(step)")
                }
            }
        }
    }

    @Test("three services that share five places never use six")
    func placesAreShared() async throws {
        let roles = ["stateset_order_ingest", "stateset_fulfillment_dispatch", "stateset_tracking"]
        try await TestDatabase.run(roles: roles) { pools, workspace in
            let lane = GateLane("netsuite", GateLimits(slots: 5))
            let seats = Seats()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<60 {
                    let gate = ProviderGates(pool: pools[index % 3], logger: TestDatabase.logger).gate(of: workspace)
                    group.addTask {
                        let pass = try await gate.enterPatiently(lane, priority: index % 2 == 0 ? .bulk : .customer)
                        seats.take()
                        _ = try await pools[index % 3].query("SELECT pg_sleep(0.01)::text")
                        seats.leave()
                        await gate.leave(pass, CallReport(.answered))
                    }
                }
                try await group.waitForAll()
            }
            #expect((3...5).contains(seats.most))
            let summary = try await GateSummary.all(of: workspace, in: pools[0])
            #expect(summary.map(\.account) == ["netsuite"])
            #expect(summary.first?.slotsTaken == 0)
        }
    }

    @Test("a workspace's gates are its own")
    func tenantsAreApart() async throws {
        try await TestDatabase.run(roles: ["stateset_tracking"]) {
            (pools: [PostgresPool], workspace: WorkspaceID) async throws in
            let lane = GateLane("netsuite", GateLimits(slots: 1))
            let asked = GateRequest(lease: UUIDv7.make(), priority: .customer, cost: 1, patience: 0)
            let own = PostgresGateStore(pool: pools[0], workspaceID: workspace)
            #expect(try await own.enter(lane, asked).verdict.isGranted)
            let other = PostgresGateStore(pool: pools[0], workspaceID: WorkspaceID())
            #expect(try await other.enter(lane, asked).verdict.isGranted)
            #expect(try await pools[0].query("SELECT account FROM providers.gates").isEmpty)
        }
    }
}

/// How many are called at once, and at most were.
private final class Seats: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func take() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { counts.withLock { $0.now -= 1 } }
}

extension ProviderGate {
    /// As a timer would: comes back when it is told to.
    fileprivate func enterPatiently(_ lane: GateLane, priority: CallPriority) async throws -> GatePass {
        while true {
            do {
                return try await enter(lane, cost: 1, priority: priority)
            } catch {
                guard case .postponed(_, _, let delay) = error else { throw error }
                try await ContinuousClock().sleep(for: delay)
            }
        }
    }
}

extension GateVerdict {
    fileprivate func isClose(to other: GateVerdict) -> Bool {
        switch (self, other) {
        case (.granted(let left), .granted(let right)): abs(left - right) < 1e-4
        case (.again(let left, let reason), .again(let right, let expected)),
            (.later(let left, let reason), .later(let right, let expected)):
            abs(left - right) < 1e-4 && reason == expected
        default: false
        }
    }
}
