import AMQP
import Commerce
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Messaging
import NIOCore
import Postgres
import RouterSupport
import Testing

@testable import IngestGateway

extension Tag {
    @Tag static var postgres: Self
}

/// The gateway on a real Postgres, under its own role and in a workspace of its own; the broker is absent.
struct GatewayBench: Sendable {
    static let shop = "gateway-test"
    /// Two secrets, as while one is replaced.
    static let secrets = ["the-new-secret", "the-old-secret"]

    let workspaceID = WorkspaceID()
    let client: RouterClient
    let quarantine: Quarantine
    private let owner: PostgresPool

    static func run(
        ratePerSecond: Int = 10_000, _ test: @escaping @Sendable (GatewayBench) async throws -> Void
    ) async throws {
        let owner = try await TestDatabase.ownerPool()
        let service = try await TestDatabase.servicePool()
        let outbox = try outbox(on: service)
        let quarantine = Quarantine(outbox: outbox, logger: .silent)
        let router = GatewayRouter.make(
            receive: receiver(outbox, quarantine), logger: .silent)
        let bench = GatewayBench(client: RouterClient(router), quarantine: quarantine, owner: owner)
        try await bench.createWorkspace(ratePerSecond)
        try await test(bench)
        await service.close()
        await owner.close()
    }

    static func receiver(_ outbox: TransactionalOutbox, _ quarantine: Quarantine) -> ReceiveWebhook {
        let settings: [String: Any] = ["shop": shop, "access_token": "t", "webhook_secrets": secrets]
        let json = try? JSONSerialization.data(withJSONObject: settings)
        return ReceiveWebhook(
            writer: ReceiptWriter(outbox: outbox), workspaces: WorkspaceDirectory(pool: outbox.pool),
            verifiers: VerifierCache { provider, _ in provider == "shopify" ? json.map { Array($0) } : nil },
            rates: WorkspaceRates(time: { [now = ContinuousClock.now] in now }), quarantine: quarantine, logger: .silent
        )
    }

    static func outbox(on pool: PostgresPool) throws -> TransactionalOutbox {
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        let relay = OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: .silent), logger: .silent)
        return TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .ingestGateway, clock: SystemClock()), relay: relay)
    }

    private func createWorkspace(_ ratePerSecond: Int) async throws {
        try await owner.execute(
            """
            INSERT INTO platform.workspaces (id, name, webhook_rate_per_second)
            VALUES (\(workspaceID.uuid), \(workspaceID.description), \(ratePerSecond))
            """)
    }
}

extension GatewayBench {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: [String: String]
    }

    /// Posts a webhook; signed with the current secret unless said otherwise.
    func post(
        _ body: String, provider: String = "shopify", workspace: String? = nil, delivery: String = "d-1",
        topic: String? = "orders/paid", signature: String? = nil, isSigned: Bool = true,
        secret: String = secrets[0]
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers["X-Shopify-Topic"] = topic
        headers["X-Shopify-Webhook-Id"] = delivery
        headers["X-Shopify-Shop-Domain"] = "\(Self.shop).myshopify.com"
        if isSigned { headers["X-Shopify-Hmac-Sha256"] = signature ?? Self.signature(body, secret) }
        let path = "/webhooks/\(provider)/\(workspace ?? workspaceID.description)"
        let answer = try await client.send(.post, path, headers, body)
        let object = try? JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        let members = (object as? [String: Any] ?? [:]).mapValues { "\($0)" }
        return Answer(status: answer.status.code, headers: answer.headers, body: members)
    }

    private static func signature(_ body: String, _ secret: String) -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)).base64EncodedString()
    }

    struct Received: Sendable, Equatable {
        var id: ReceivedID
        var status: String
        var reason: String?
        var topic: String?
        var duplicates: Int
        var headers: [String: String]
        var body: String
    }

    /// What was filed for the workspace, oldest first.
    func received() async throws -> [Received] {
        try await owner.query(
            """
            SELECT r.id, r.status, r.reason, r.topic, r.duplicates, p.headers, p.body FROM ingest_gateway.received r
            JOIN ingest_gateway.payloads p ON p.received_id = r.id
            WHERE r.workspace_id = \(workspaceID.uuid) ORDER BY r.id
            """
        ).map { row in
            Received(
                id: ReceivedID(uuid: try row("id")), status: try row("status"), reason: try row("reason"),
                topic: try row("topic"), duplicates: try row("duplicates"),
                headers: try row("headers", as: JSONB.self).decode(),
                body: String(decoding: try row("body", as: [UInt8].self), as: UTF8.self))
        }
    }

    struct Owed: Sendable, Equatable {
        var exchange: String
        var routingKey: String
        var envelope: String
    }

    /// What is owed to the broker for the workspace.
    func owed() async throws -> [Owed] {
        try await owner.query(
            """
            SELECT exchange, routing_key, body FROM ingest_gateway.outbox
            WHERE workspace_id = \(workspaceID.uuid) ORDER BY created_at
            """
        ).map { Owed(exchange: try $0("exchange"), routingKey: try $0("routing_key"), envelope: try $0("body")) }
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension HTTPFields {
    subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
