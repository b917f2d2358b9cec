import Foundation

/// The whole of one provider as a value: what it holds and how it answers. No I/O, no clock, no randomness.
protocol SimulatedProvider: Sendable {
    /// Something the provider does later by itself.
    associatedtype Action: Sendable = Never

    static var name: String { get }

    /// Requests the provider serves at once; nil for no bound. The next one gets `busyResponse`.
    var concurrencyMax: Int? { get }
    var busyResponse: SimulatedResponse { get }

    /// Answers a request to the provider's own API. `request.path` is without the prefix.
    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse

    /// Answers a request to `/_sim/{name}/…`, of which `request.path` is the rest; nil when there is no such control.
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse?

    mutating func perform(_ action: Action, now: Date)

    /// Everything it holds, by collection, in the provider's own JSON.
    func snapshot() -> JSON

    /// Forgets everything but its counters: an id is never given twice by one process.
    mutating func reset()

    /// A SKU was set up elsewhere and is known here from now on.
    mutating func learn(sku: String)

    /// What the last call set in motion; each effect is taken once.
    mutating func takeEffects() -> [ProviderEffect<Action>]
}

enum ProviderEffect<Action: Sendable>: Sendable {
    case webhook(OutgoingWebhook)
    case later(after: Duration, Action)
}

extension SimulatedProvider {
    var concurrencyMax: Int? { nil }
    var busyResponse: SimulatedResponse { SimulatedResponse(status: 503) }
    mutating func learn(sku: String) {}
}

extension SimulatedProvider where Action == Never {
    mutating func perform(_ action: Never, now: Date) {}
}
