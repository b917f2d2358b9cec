import Commerce
import Foundation
import HTTPTransport

@testable import ProviderSimulators

/// The simulators behind the protocol that the platform's own clients call, without a network: client and simulator
/// of a provider are held to each other.
struct PairedSimulators: HTTPClient {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
    let transport: RecordingTransport
    private let service: SimulatorsService

    init(_ extra: [String: String] = [:], answers: [Int?] = []) throws {
        transport = RecordingTransport(answers: answers)
        let environment = RunningSimulators.environment.merging(extra) { $1 }
        let configuration = try SimulatorConfiguration(
            SettingReader(environment: environment), startedAt: Date(timeIntervalSince1970: 0))
        let now = clock
        service = SimulatorsService(
            configuration, transport: transport, time: SimulatorTime(clock: ImmediateClock(), now: { now.now }))
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch await service.router.respond(to: simulated(request)) {
        case .answer(let response):
            let type = response.contentType.map { [("Content-Type", $0)] } ?? []
            return HTTPResponse(
                status: response.status, headers: response.headers.map { ($0.name, $0.value) } + type,
                body: response.bytes)
        case .drop:
            throw HTTPTransportError(code: .connectionLost, message: "the connection was cut", wasSent: true)
        }
    }

    /// A call of the control surface.
    @discardableResult
    func control(_ method: String, _ path: String, _ body: JSON? = nil) async -> JSON {
        let request = HTTPRequest(method: method, url: "http://sim.test/_sim\(path)", body: body?.bytes)
        guard case .answer(let response) = await service.router.respond(to: simulated(request)) else { return .null }
        return response.document
    }

    /// Lets the next matching request end as the mode says.
    func fault(_ provider: String, _ method: String, _ path: String, _ mode: String, _ more: JSONObject = .init()) async
    {
        let fault = JSONObject([
            ("provider", .string(provider)), ("method", .string(method)), ("path", .string(path)),
            ("mode", .string(mode)),
        ])
        await control("POST", "/faults", .object(fault.merging(more)))
    }

    /// Runs what the providers do by themselves while the body runs: webhooks, what is applied later.
    func inBackground(_ body: () async throws -> Void) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await service.background.run() }
            try await body()
            group.cancelAll()
        }
    }

    /// The next deliveries, in order.
    func webhooks(_ count: Int) async -> [OutgoingWebhook] {
        var found: [OutgoingWebhook] = []
        for await webhook in transport.deliveries {
            found.append(webhook)
            if found.count == count { break }
        }
        return found
    }

    private func simulated(_ request: HTTPRequest) -> SimulatedRequest {
        let target = request.url.dropFirst("http://sim.test".count)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "/")
        let bytes = request.body ?? []
        return SimulatedRequest(
            method: request.method, origin: "http://sim.test", fullPath: path, path: path,
            query: SimulatedRequest.parseQuery(parts.count > 1 ? String(parts[1]) : ""),
            headers: request.headers.map { .init(name: $0.name.lowercased(), value: $0.value) }, bytes: bytes,
            body: SimulatedRequest.parseBody(bytes), now: clock.now)
    }
}
