import Commerce
import Foundation
import Providers
import SeededRandom
import Testing

@testable import ProviderGates

/// A gate to expect things of: macros take no mutating calls.
final class TestedGate {
    private(set) var state: GateState

    init(_ limits: GateLimits, at now: Double) {
        state = GateState(limits, at: now)
    }

    var breaker: Breaker { state.breaker }

    func enter(_ request: GateRequest, at now: Double) -> GateVerdict { state.enter(request, at: now) }

    func leave(_ lease: UUID, _ report: CallReport, took seconds: Double, at now: Double) -> Breaker.Change? {
        state.leave(lease, report, took: seconds, at: now)
    }

    func renew(_ lease: UUID, at now: Double) { state.renew(lease, at: now) }
}

/// The provider's own bucket, as its page describes it: what it does not admit is an answer 429.
private struct ProviderBucket {
    let rate: GateLimits.Rate
    var level = 0.0
    var at = 0.0

    mutating func admits(_ cost: Double, at now: Double) -> Bool {
        level = max(0, level - (now - at) * rate.perSecond)
        at = now
        level += cost
        return level <= rate.burst + 1e-6
    }
}

@Suite("Gate: rate, places and turns")
struct GateStateTests {
    private let shop = GateLimits(rate: .init(perSecond: 2, burst: 40))
    private let erp = GateLimits(slots: 5)

    private func request(
        _ priority: CallPriority = .bulk, cost: Double = 1, patience: Double = 2
    ) -> GateRequest {
        GateRequest(lease: UUID(), priority: priority, cost: cost, patience: patience)
    }

    @Test("whatever is asked for, what is granted fits into the provider's bucket", arguments: 0..<200)
    func neverOverTheRate(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = GateLimits.Rate(
            perSecond: .random(in: 0.5...50, using: &random), burst: .random(in: 1...60, using: &random))
        let gate = TestedGate(GateLimits(rate: rate), at: 0)
        var provider = ProviderBucket(rate: rate)
        var now = 0.0
        var calls: [(at: Double, cost: Double)] = []
        for _ in 0..<300 {
            now += .random(in: 0...0.3, using: &random)
            let priority = CallPriority.allCases.randomElement(using: &random) ?? .bulk
            let asked = request(priority, cost: .random(in: 0.5...3, using: &random))
            if case .granted(let wait) = gate.enter(asked, at: now) {
                calls.append((now + wait, min(asked.cost, rate.burst)))
            }
        }
        #expect(!calls.isEmpty)
        for call in calls.sorted(by: { $0.at < $1.at }) {
            let isAdmitted = provider.admits(call.cost, at: call.at)
            #expect(isAdmitted, "seed \(seed)")
        }
    }

    @Test("never more calls are under way than there are places", arguments: 0..<100)
    func neverOverTheSlots(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let slots = Int.random(in: 1...8, using: &random)
        let gate = TestedGate(GateLimits(slots: slots), at: 0)
        var underway: Set<UUID> = []
        var granted = 0
        for step in 0..<400 {
            let now = Double(step) / 100
            let asked = request(CallPriority.allCases.randomElement(using: &random) ?? .bulk)
            if case .granted = gate.enter(asked, at: now) {
                underway.insert(asked.lease)
                granted += 1
            }
            #expect(underway.count <= slots, "seed \(seed)")
            if Bool.random(using: &random), let done = underway.randomElement(using: &random) {
                underway.remove(done)
                _ = gate.leave(done, CallReport(.answered), took: 0.1, at: now)
            }
        }
        #expect(granted > slots)
    }

    @Test("behind any amount of bulk a customer calls at once")
    func customersGoFirst() {
        let gate = TestedGate(shop, at: 0)
        var sentAway = 0
        for _ in 0..<400 {
            if case .later = gate.enter(request(.bulk), at: 1) { sentAway += 1 }
        }
        #expect(sentAway > 350)
        #expect(gate.enter(request(.customer), at: 1) == .granted(after: 0))
        let places = TestedGate(erp, at: 0)
        for _ in 0..<50 { _ = places.enter(request(.bulk), at: 0) }
        #expect(places.enter(request(.customer), at: 0) == .granted(after: 0))
        #expect(places.enter(request(.continuing), at: 0) == .granted(after: 0))
    }

    @Test("those sent away come back one after the other, as fast as the account takes them")
    func turns() {
        let gate = TestedGate(shop, at: 0)
        var turns: [Double] = []
        for _ in 0..<100 {
            if case .later(let wait, .rate) = gate.enter(request(.bulk), at: 0) { turns.append(wait) }
        }
        for (turn, next) in zip(turns, turns.dropFirst()) { #expect(abs(next - turn - 0.5) < 1e-9) }
        let taken = turns.filter { gate.enter(request(.bulk), at: $0).isGranted }.count
        #expect(taken == turns.count)
    }

    @Test("a place whose process died falls free")
    func expiry() {
        let gate = TestedGate(GateLimits(slots: 1), at: 0)
        let dead = request()
        #expect(gate.enter(dead, at: 0).isGranted)
        #expect(!gate.enter(request(), at: 14).isGranted)
        gate.renew(dead.lease, at: 14)
        #expect(!gate.enter(request(), at: 16).isGranted)
        #expect(gate.enter(request(), at: 29.5).isGranted)
    }

    @Test("the provider's own number counts where it is lower")
    func corrected() {
        let gate = TestedGate(shop, at: 0)
        let first = request(.customer)
        #expect(gate.enter(first, at: 0).isGranted)
        _ = gate.leave(first.lease, CallReport(.answered, tokensLeft: 3), took: 0.1, at: 0)
        #expect(!gate.enter(request(.bulk), at: 0).isGranted)
        #expect(gate.enter(request(.customer), at: 0) == .granted(after: 1))
        #expect(gate.enter(request(.continuing), at: 0) == .granted(after: 0))
    }

    @Test("nobody calls before the provider's Retry-After is over, and longer after each call it turns away")
    func blocked() {
        let gate = TestedGate(erp, at: 0)
        var asked = request()
        #expect(gate.enter(asked, at: 0).isGranted)
        _ = gate.leave(asked.lease, CallReport(.limited, retryAfter: .seconds(7)), took: 0.1, at: 0)
        #expect(gate.enter(request(.continuing), at: 1) == .later(after: 6, .blocked))
        asked = request()
        #expect(gate.enter(asked, at: 7).isGranted)
        _ = gate.leave(asked.lease, CallReport(.limited), took: 0.1, at: 7)
        #expect(gate.enter(request(), at: 7) == .again(after: 2, .blocked))
    }
}

extension GateVerdict {
    var isGranted: Bool {
        if case .granted = self { true } else { false }
    }
}
