import Commerce
import Foundation
import Providers
import Synchronization
import Testing

@testable import ProviderGates

/// A store in memory, and a clock that moves only when somebody sleeps.
private final class ManualStore: GateStore {
    private struct State {
        var now = 0.0
        var gate: GateState
        var questions = 0
        var reports = 0
    }

    private let state: Mutex<State>

    init(_ limits: GateLimits) {
        state = Mutex(State(gate: GateState(limits, at: 0)))
    }

    var now: Double { state.withLock { $0.now } }
    var questions: Int { state.withLock { $0.questions } }
    var reports: Int { state.withLock { $0.reports } }
    func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

    func enter(_ lane: GateLane, _ request: GateRequest) async throws -> GateAnswer {
        state.withLock { state in
            state.questions += 1
            let verdict = state.gate.enter(request, at: state.now)
            return GateAnswer(
                verdict, tokensLeft: lane.limits.rate == nil ? nil : state.gate.bucket.tokens,
                failures: state.gate.breaker.failures, isAwaited: lane.limits.slots != nil)
        }
    }

    func leave(_ pass: GatePass, _ report: CallReport, took seconds: Double) async throws -> Breaker.Change? {
        state.withLock { state in
            state.reports += 1
            return state.gate.leave(pass.lease, report, took: seconds, at: state.now)
        }
    }

    func renew(_ pass: GatePass) async throws {}
}

@Suite("Gate: waiting")
struct SharedGateTests {
    private func gate(_ store: ManualStore) -> SharedGate {
        let epoch = ContinuousClock.now
        return SharedGate(
            store: store, crowd: Crowd(), watch: GateWatch(workspaceID: WorkspaceID(), logger: TestDatabase.logger),
            sleep: { store.advance($0) }, now: { epoch + .seconds(store.now) })
    }

    @Test("a wait of up to two seconds is waited, a longer one is left to a timer")
    func patience() async throws {
        let lane = GateLane("dcl", GateLimits(rate: .init(perSecond: 0.5, burst: 2)))
        let store = ManualStore(lane.limits)
        let gate = gate(store)
        _ = try await gate.enter(lane, cost: 2, priority: .continuing)
        #expect(store.now == 0)
        _ = try await gate.enter(lane, cost: 1, priority: .continuing)
        #expect(store.now == 2)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await gate.enter(lane, cost: 2, priority: .continuing)
        }
        guard case .postponed("rate", _, let delay) = failure else {
            Issue.record("expected a postponement, got \(String(describing: failure))")
            return
        }
        #expect(delay >= .seconds(4))
        #expect(store.now == 2)
    }

    @Test("where every place is taken one caller of a process asks for all, and gives up after two seconds")
    func crowd() async throws {
        let lane = GateLane("netsuite", GateLimits(slots: 1))
        let store = ManualStore(lane.limits)
        let gate = gate(store)
        let pass = try await gate.enter(lane, cost: 1, priority: .customer)
        await #expect(throws: ProviderFailure.self) { try await gate.enter(lane, cost: 1, priority: .customer) }
        #expect(store.now > 1.5)
        #expect(store.questions < 20)
        await gate.leave(pass, CallReport(.answered))
        _ = try await gate.enter(lane, cost: 1, priority: .customer)
    }

    @Test("a success that was expected costs no second statement, news do")
    func reports() async throws {
        let lane = GateLane("shopify/rest", GateLimits(rate: .init(perSecond: 2, burst: 40)))
        let store = ManualStore(lane.limits)
        let gate = gate(store)
        await gate.leave(
            try await gate.enter(lane, cost: 1, priority: .customer), CallReport(.answered, tokensLeft: 39))
        #expect(store.reports == 0)
        await gate.leave(
            try await gate.enter(lane, cost: 1, priority: .customer), CallReport(.answered, tokensLeft: 12))
        #expect(store.reports == 1)
        await gate.leave(try await gate.enter(lane, cost: 1, priority: .customer), CallReport(.failed))
        #expect(store.reports == 2)
        await gate.leave(try await gate.enter(lane, cost: 1, priority: .customer), CallReport(.answered))
        #expect(store.reports == 3)
    }
}
