import Foundation
import Synchronization

/// A running provider, whatever its state type.
protocol HostedProvider: Sendable {
    var name: String { get }
    /// Takes one of the provider's places; nil when all are taken.
    func enter() -> ProviderSeat?
    var busyResponse: SimulatedResponse { get async }
    func respond(to request: SimulatedRequest) async -> SimulatedResponse
    func control(_ request: SimulatedRequest) async -> SimulatedResponse?
    func snapshot() async -> JSON
    func reset() async
    func learn(sku: String) async
}

/// A place among the requests a provider serves at once. Given back by `leave`.
struct ProviderSeat: Sendable {
    fileprivate let leaving: @Sendable () -> Void
    func leave() { leaving() }
}

/// Serialises access to one provider's state and carries out its effects.
actor ProviderHost<State: SimulatedProvider>: HostedProvider {
    nonisolated let name = State.name
    private nonisolated let concurrencyMax: Int?
    private nonisolated let seats = Seats()
    private let webhooks: WebhookSender
    private let background: BackgroundWork
    private let time: SimulatorTime
    private var state: State

    init(_ state: State, webhooks: WebhookSender, background: BackgroundWork, time: SimulatorTime) {
        self.state = state
        self.webhooks = webhooks
        self.background = background
        self.time = time
        concurrencyMax = state.concurrencyMax
    }

    nonisolated func enter() -> ProviderSeat? {
        seats.take(below: concurrencyMax) ? ProviderSeat(leaving: { [seats] in seats.release() }) : nil
    }

    var busyResponse: SimulatedResponse { state.busyResponse }

    func respond(to request: SimulatedRequest) -> SimulatedResponse {
        defer { startEffects() }
        return state.respond(to: request)
    }

    func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        defer { startEffects() }
        return state.control(request)
    }

    func snapshot() -> JSON { state.snapshot() }
    func reset() { state.reset() }
    func learn(sku: String) { state.learn(sku: sku) }

    private func perform(_ action: State.Action) {
        state.perform(action, now: time.now())
        startEffects()
    }

    private func startEffects() {
        for effect in state.takeEffects() {
            switch effect {
            case .webhook(let webhook): webhooks.send(webhook)
            case .later(let delay, let action): schedule(action, after: delay)
            }
        }
    }

    private func schedule(_ action: State.Action, after delay: Duration) {
        background.submit { [time] in
            guard await time.sleep(delay) else { return }
            await self.perform(action)
        }
    }
}

/// How many requests are being served.
private final class Seats: Sendable {
    private let taken = Mutex(0)

    func take(below limit: Int?) -> Bool {
        taken.withLock { count in
            if let limit, count >= limit { return false }
            count += 1
            return true
        }
    }

    func release() { taken.withLock { $0 -= 1 } }
}
