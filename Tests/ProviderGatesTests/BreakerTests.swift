import Commerce
import Foundation
import Providers
import SeededRandom
import Testing

@testable import ProviderGates

@Suite("Gate: circuit breaker")
struct BreakerTests {
    private let limits = GateLimits(failuresMax: 3)

    private func call(
        _ gate: TestedGate, _ outcome: CallReport.Outcome, at now: Double
    ) -> Breaker.Change? {
        let lease = UUID()
        guard gate.enter(request(lease), at: now).isGranted else { return nil }
        return gate.leave(lease, CallReport(outcome), took: 0.1, at: now)
    }

    private func request(_ lease: UUID = UUID()) -> GateRequest {
        GateRequest(lease: lease, priority: .customer, cost: 1, patience: 0.1)
    }

    private func opened() -> TestedGate {
        let gate = TestedGate(limits, at: 0)
        for _ in 0..<3 { _ = call(gate, .failed, at: 0) }
        return gate
    }

    @Test("opens at the set number of failures in a row, not before")
    func opens() {
        let gate = TestedGate(limits, at: 0)
        #expect(call(gate, .failed, at: 0) == nil)
        #expect(call(gate, .failed, at: 1) == nil)
        #expect(call(gate, .answered, at: 2) == nil)
        #expect(call(gate, .failed, at: 3) == nil)
        #expect(call(gate, .failed, at: 4) == nil)
        #expect(call(gate, .failed, at: 5) == .opened)
        #expect(gate.breaker.since == 5)
        #expect(gate.enter(request(), at: 6) == .later(after: 4, .breakerOpen))
    }

    @Test("lets a single probe through, and all once it found the provider at work")
    func halfOpen() {
        let gate = opened()
        let probe = UUID()
        #expect(gate.enter(request(probe), at: 5).isGranted)
        #expect(gate.enter(request(), at: 5) == .later(after: 1, .breakerHalfOpen))
        #expect(gate.leave(probe, CallReport(.answered), took: 0.1, at: 6) == .closed)
        #expect(gate.enter(request(), at: 6).isGranted)
        #expect(gate.breaker.since == 6)
    }

    @Test("each failed probe doubles the wait, up to a minute")
    func cooling() {
        let gate = opened()
        var waits: [Double] = []
        var now = 5.0
        for _ in 0..<6 {
            #expect(call(gate, .failed, at: now) == .reopened)
            waits.append(gate.breaker.probeAt - now)
            now = gate.breaker.probeAt
        }
        #expect(waits == [10, 20, 40, 60, 60, 60])
        #expect(gate.breaker.since == 0)
    }

    @Test("a probe that never comes back is followed by another")
    func lostProbe() {
        let gate = opened()
        #expect(gate.enter(request(), at: 5).isGranted)
        #expect(!gate.enter(request(), at: 19).isGranted)
        #expect(gate.enter(request(), at: 20).isGranted)
    }

    @Test("calls from before the outage neither open nor close it", arguments: CallReport.Outcome.allCases)
    func lateReports(outcome: CallReport.Outcome) {
        let gate = TestedGate(limits, at: 0)
        let early = UUID()
        #expect(gate.enter(request(early), at: 0).isGranted)
        for _ in 0..<3 { _ = call(gate, .failed, at: 0) }
        #expect(gate.leave(early, CallReport(outcome), took: 1, at: 1) == nil)
        #expect(gate.breaker.phase == .open)
    }

    @Test("at any moment of any history at most one call is out to a provider that is down", arguments: 0..<100)
    func singleProbe(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let gate = TestedGate(limits, at: 0)
        var out: Set<UUID> = []
        var now = 0.0
        for _ in 0..<500 {
            now += .random(in: 0...2, using: &random)
            let isDown = gate.breaker.phase != .closed
            let asked = request()
            if gate.enter(asked, at: now).isGranted {
                if isDown { #expect(gate.breaker.probe == asked.lease) }
                out.insert(asked.lease)
            }
            guard let lease = out.randomElement(using: &random), Bool.random(using: &random) else { continue }
            out.remove(lease)
            let outcome = CallReport.Outcome.allCases.randomElement(using: &random) ?? .answered
            let wasProbe = gate.breaker.phase == .halfOpen && gate.breaker.probe == lease
            let change = gate.leave(lease, CallReport(outcome), took: 0.1, at: now)
            if change == .closed || change == .reopened { #expect(wasProbe) }
        }
    }
}
