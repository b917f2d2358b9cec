import Commerce
import Foundation
import Logging
import Providers

/// The gate of one workspace's accounts: asks the store, waits as it is told, and tells it how calls went.
struct SharedGate: ProviderGate {
    let store: any GateStore
    let crowd: Crowd
    let watch: GateWatch
    var sleep: @Sendable (Double) async throws -> Void = { try await ContinuousClock().sleep(for: .seconds($0)) }
    var now: @Sendable () -> ContinuousClock.Instant = { .now }

    // LIMIT: a delivery held longer keeps others of its queue from being taken; a timer does the rest of the waiting.
    static let patience = Duration.seconds(2)

    func enter(
        _ lane: GateLane, cost: Double, priority: CallPriority
    ) async throws(ProviderFailure) -> GatePass {
        let begun = now()
        var request = GateRequest(lease: UUIDv7.make(), priority: priority, cost: cost, patience: 0)
        while true {
            await waitForTurn(to: lane, priority, since: begun)
            request.patience = max(0, (Self.patience - (now() - begun)).inSeconds)
            let answer = try await ask(lane, request)
            switch answer.verdict {
            case .granted(let wait):
                crowd.isThin(lane.account, priority)
                try await pause(wait)
                watch.entered(lane, priority, after: now() - begun)
                return GatePass(
                    lane: lane, lease: request.lease, enteredAt: now(), tokensLeft: answer.tokensLeft,
                    failures: answer.failures, isAwaited: answer.isAwaited)
            case .again(let wait, _):
                crowd.isDense(lane.account, priority, until: now() + .seconds(wait))
                try await pause(wait)
            case .later(let wait, let reason):
                watch.sentAway(lane, reason)
                throw .postponed(code: reason.rawValue, message: reason.words, delay: .seconds(wait))
            }
        }
    }

    func leave(_ pass: GatePass, _ report: CallReport) async {
        guard pass.hasNews(report) else { return }
        do {
            let change = try await store.leave(pass, report, took: (now() - pass.enteredAt).inSeconds)
            crowd.isThin(pass.lane.account)
            if let change { watch.breaker(of: pass.lane, change) }
        } catch {
            watch.isDeaf(pass.lane, error)
        }
    }

    func renew(_ pass: GatePass) async {
        guard pass.isAwaited else { return }
        do {
            try await store.renew(pass)
        } catch {
            watch.isDeaf(pass.lane, error)
        }
    }

    private func ask(_ lane: GateLane, _ request: GateRequest) async throws(ProviderFailure) -> GateAnswer {
        do {
            return try await store.enter(lane, request)
        } catch {
            watch.isDeaf(lane, error)
            throw .transient(
                code: "gate_unavailable", message: "The account's gate could not be asked.", retryAfter: .seconds(1))
        }
    }

    /// Where others of this process were just told to wait, asking too would change nothing.
    private func waitForTurn(
        to lane: GateLane, _ priority: CallPriority, since begun: ContinuousClock.Instant
    ) async {
        while now() - begun < Self.patience, let wait = crowd.wait(lane.account, priority, at: now()) {
            // LIMIT: a wait too short for the clock to move would come round again and again.
            guard (try? await sleep(max(wait.inSeconds, 0.001))) != nil else { return }
        }
    }

    /// Failure: `transient` when the work was given up on meanwhile.
    private func pause(_ seconds: Double) async throws(ProviderFailure) {
        guard seconds > 0 else { return }
        do {
            try await sleep(seconds)
        } catch {
            throw .transient(code: "cancelled", message: "The work was given up on.", retryAfter: nil)
        }
    }
}
