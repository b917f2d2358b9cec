import Foundation
import Synchronization

@testable import ProviderSimulators

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A receiver of webhooks that answers what it is told and signals every delivery.
final class RecordingTransport: WebhookTransport {
    private let answers: Mutex<[Int?]>
    private let continuation: AsyncStream<OutgoingWebhook>.Continuation
    let deliveries: AsyncStream<OutgoingWebhook>

    /// `answers` are used up one a delivery; after them everything is accepted.
    init(answers: [Int?] = []) {
        self.answers = Mutex(answers)
        (deliveries, continuation) = AsyncStream.makeStream()
    }

    func post(_ webhook: OutgoingWebhook) async -> Int? {
        continuation.yield(webhook)
        return answers.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
    }
}

/// The whole service on a port of its own.
struct RunningSimulators {
    let port: Int
    let transport: RecordingTransport
    let clock: ImmediateClock

    static func with(
        answers: [Int?] = [], _ body: @escaping @Sendable (RunningSimulators) async throws -> Void
    ) async throws {
        let transport = RecordingTransport(answers: answers)
        let clock = ImmediateClock()
        let reader = try SettingReader(environment: environment)
        let configuration = try SimulatorConfiguration(reader, startedAt: Date(timeIntervalSince1970: 0))
        let service = SimulatorsService(configuration, transport: transport, time: SimulatorTime(clock: clock))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run { continuation.yield($0) } }
            group.addTask {
                for await port in ports {
                    try await body(RunningSimulators(port: port, transport: transport, clock: clock))
                    return
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Status and document; nil when the connection was closed without an answer.
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> (status: Int, document: JSON)? {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return nil }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.bytes) }
        request.setValue("token", forHTTPHeaderField: "X-Shopify-Access-Token")
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        guard let (data, response) = try? await session.data(for: request) else { return nil }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        return (status, (try? JSONParser.parse(Array(data))) ?? .null)
    }

    static let environment = [
        "STATESET_SHIPSTATION_API_KEY": "shipstation-key", "STATESET_SHIPSTATION_WEBHOOK_SECRET": "secret",
        "STATESET_STRIPE_SECRET_KEY": "sk_test_1", "STATESET_STRIPE_WEBHOOK_SECRET": "whsec_secret",
        "STATESET_GORGIAS_USERNAME": "ops@example.com", "STATESET_GORGIAS_API_KEY": "gorgias-key",
        "STATESET_GORGIAS_FROM_ADDRESS": "support@mienne.com", "STATESET_GORGIAS_WEBHOOK_SECRET": "secret",
        "STATESET_ZENDESK_EMAIL": "ops@example.com", "STATESET_ZENDESK_API_TOKEN": "zendesk-token",
        "STATESET_ZENDESK_WEBHOOK_SECRET": "secret",
        "STATESET_RECHARGE_ACCESS_TOKEN": "recharge-token", "STATESET_RECHARGE_CLIENT_SECRET": "secret",
        "STATESET_QUICKBOOKS_REALM_ID": "4620816365", "STATESET_QUICKBOOKS_CLIENT_ID": "app",
        "STATESET_QUICKBOOKS_CLIENT_SECRET": "secret", "STATESET_QUICKBOOKS_REFRESH_TOKEN": "first",
        "STATESET_QUICKBOOKS_VERIFIER_TOKEN": "secret",
        "STATESET_HTTP_PORT": "0", "STATESET_GATEWAY_URL": "http://gateway.test", "STATESET_WORKSPACE": "ws_1",
        "STATESET_SHOPIFY_SHOP": "mienne", "STATESET_SHOPIFY_ACCESS_TOKEN": "token",
        "STATESET_SHOPIFY_WEBHOOK_SECRET": "secret", "STATESET_NETSUITE_ACCOUNT": "1",
        "STATESET_NETSUITE_CONSUMER_KEY": "a", "STATESET_NETSUITE_CONSUMER_SECRET": "b",
        "STATESET_NETSUITE_TOKEN_ID": "c", "STATESET_NETSUITE_TOKEN_SECRET": "d",
        "STATESET_DCL_ACCOUNT_NUMBER": "10501",
        "STATESET_DCL_USERNAME": "u", "STATESET_DCL_PASSWORD": "p", "STATESET_DCL_WEBHOOK_SECRET": "secret",
        "STATESET_SIM_ID_OFFSET": "0",
    ]
}
