import Foundation

@testable import ProviderSimulators

/// One provider's state and a way to talk to it, without a network.
struct SimulatorBundle<State: SimulatedProvider> {
    var state: State
    var now = Date(timeIntervalSince1970: 1_772_619_330)
    var headers: [String: String] = [:]
    private(set) var webhooks: [OutgoingWebhook] = []
    private(set) var later: [State.Action] = []

    init(_ state: State, headers: [String: String] = [:]) {
        self.state = state
        self.headers = headers
    }

    mutating func send(
        _ method: String, _ path: String, _ body: JSON? = nil, headers extra: [String: String] = [:]
    ) -> SimulatedResponse {
        send(request(method, path, body, extra))
    }

    mutating func send(_ request: SimulatedRequest) -> SimulatedResponse {
        let response = state.respond(to: request)
        collect()
        return response
    }

    mutating func control(_ method: String, _ path: String, _ body: JSON? = nil) -> SimulatedResponse {
        let response = state.control(request(method, path, body, [:]))
        collect()
        return response ?? .problem(404, "no such control")
    }

    mutating func perform(_ action: State.Action) {
        state.perform(action, now: now)
        collect()
    }

    mutating func forgetWebhooks() { webhooks = [] }

    var topics: [String] { webhooks.map(\.topic) }

    private mutating func collect() {
        for effect in state.takeEffects() {
            switch effect {
            case .webhook(let webhook): webhooks.append(webhook)
            case .later(_, let action): later.append(action)
            }
        }
    }

    func request(_ method: String, _ target: String, _ body: JSON?, _ extra: [String: String]) -> SimulatedRequest {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let bytes = body?.bytes ?? []
        let fields = headers.merging(extra) { $1 }.map { SimulatedRequest.Field(name: $0.key, value: $0.value) }
        return SimulatedRequest(
            method: method, origin: "http://sim.test", fullPath: "/\(State.name)\(parts[0])", path: parts[0],
            query: SimulatedRequest.parseQuery(parts.count > 1 ? parts[1] : ""), headers: fields, bytes: bytes,
            body: SimulatedRequest.parseBody(bytes), now: now)
    }
}

extension SimulatedResponse {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
