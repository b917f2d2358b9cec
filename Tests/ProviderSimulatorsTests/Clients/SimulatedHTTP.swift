import Foundation
import HTTPTransport
import Logging

@testable import ProviderSimulators

/// The simulators as the other end of a real client, in this process: no network, no waiting.
///
/// A dropped connection is what a client sees of it: an exchange that broke after the request was sent.
struct SimulatedHTTP: HTTPClient {
    static let origin = "http://sim.test"

    let transport = RecordingTransport()
    private let router: SimulatorRouter
    private let background = BackgroundWork()
    private let time: SimulatorTime

    init(now: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 1_772_619_330) }) throws {
        let configuration = try SimulatorConfiguration(
            SettingReader(environment: RunningSimulators.environment), startedAt: Date(timeIntervalSince1970: 0))
        time = SimulatorTime(clock: ImmediateClock(), now: now)
        let faults = FaultPlan()
        let journal = Journal()
        let webhooks = WebhookSender(
            transport: transport, faults: faults, background: background, time: time, logger: Logger(label: "test"))
        let providers = SimulatorCatalog(configuration, webhooks: webhooks, background: background, time: time)
            .providers
        router = SimulatorRouter(
            providers: providers,
            exchange: Exchange(journal: journal, faults: faults, background: background, time: time),
            control: ControlSurface(providers: providers, journal: journal, faults: faults, webhooks: webhooks))
    }

    /// Runs the body while the providers do what they do by themselves.
    static func run(_ body: @escaping @Sendable (SimulatedHTTP) async throws -> Void) async throws {
        let http = try SimulatedHTTP()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await http.background.run() }
            group.addTask { try await body(http) }
            try await group.next()
            group.cancelAll()
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch await router.respond(to: simulated(request)) {
        case .answer(let response):
            let type = response.contentType.map { [("Content-Type", $0)] } ?? []
            return HTTPResponse(
                status: response.status, headers: type + response.headers.map { ($0.name, $0.value) },
                body: response.bytes)
        case .drop: throw HTTPTransportError(code: .connectionLost, message: "dropped", wasSent: true)
        }
    }

    /// Calls the control surface; gives the JSON it answers.
    @discardableResult
    func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> [UInt8] {
        let response = try await send(
            HTTPRequest(method: method, url: "\(Self.origin)/_sim/\(path)", body: body.map { Array($0.utf8) }))
        guard response.isSuccess else { throw ControlRefused(text: String(decoding: response.body, as: UTF8.self)) }
        return response.body
    }

    /// Plans that the next answer to such a request is lost after it has acted.
    func loseAnswer(_ provider: String, _ method: String, _ path: String) async throws {
        try await control(
            "POST", "faults",
            #"{"provider":"\#(provider)","method":"\#(method)","path":"\#(path)","mode":"drop_after"}"#)
    }

    /// The next webhook that is sent to the gateway.
    func nextWebhook() async -> HTTPRequest? {
        for await webhook in transport.deliveries {
            return HTTPRequest(
                method: "POST", url: webhook.url, headers: webhook.headers.map { ($0.name, $0.value) },
                body: webhook.body)
        }
        return nil
    }

    private func simulated(_ request: HTTPRequest) -> SimulatedRequest {
        let target = String(request.url.dropFirst(Self.origin.count))
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let bytes = request.body ?? []
        return SimulatedRequest(
            method: request.method, origin: Self.origin, fullPath: String(parts[0]), path: String(parts[0]),
            query: SimulatedRequest.parseQuery(parts.count > 1 ? String(parts[1]) : ""),
            headers: request.headers.map { .init(name: $0.name.lowercased(), value: $0.value) }, bytes: bytes,
            body: SimulatedRequest.parseBody(bytes), now: time.now())
    }
}

struct ControlRefused: Error {
    let text: String
}
