import AMQP
import Commerce
import Contracts
import Foundation
import HTTPTransport
import Logging
import Postgres
import Schema
import ServiceKit
import Synchronization
import Testing

@testable import Messaging
@testable import Notifications

extension Tag {
    @Tag static var postgres: Self
}

/// The service's tables on a real Postgres, under the service's own login, with endpoints of the test's own.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser. What is due is claimed whosever it is, so the
/// tests take turns and each begins without endpoints.
struct NotificationsBench: Sendable {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    let workspaceID = WorkspaceID()
    let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
    let endpoints = TestEndpoints()
    let names = TestNames()
    let outbox: TransactionalOutbox
    let secrets: SecretBox
    private let pool: PostgresPool

    static func run(_ test: @Sendable (NotificationsBench) async throws -> Void) async throws {
        try await prepared.value
        let bench = try await NotificationsBench()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await test(bench)) } catch { outcome = .failure(error) }
        await bench.pool.close()
        try outcome.get()
    }

    private init() async throws {
        var parts = try #require(URLComponents(string: Self.url ?? ""))
        parts.user = Self.role
        parts.password = Self.password
        pool = PostgresPool(
            try PostgresConfiguration(url: try #require(parts.string), applicationName: "test", poolSize: 8),
            logger: .quiet)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .notifications, clock: clock),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: .quiet), logger: .quiet))
        secrets = SecretBox(try SecretKeys(parsing: "k1:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))
        try await pool.execute("UPDATE webhooks SET status = 'removed' WHERE status <> 'removed'")
    }

    var claims: DeliveryClaims { DeliveryClaims(pool: pool, clock: clock) }

    var loop: DeliveryLoop {
        DeliveryLoop(
            claims: claims,
            call: DeliveryCall(
                http: endpoints, secrets: secrets, allowed: [],
                resolve: { [names] host, _ in names.addresses(of: host) }),
            settlement: DeliverySettlement(outbox: outbox, jitter: { 1 }), logger: .quiet)
    }

    private static let role = "stateset_notifications"
    private static let password = "only-for-tests"

    private static let prepared = Task {
        _ = try await Migrator(url: url ?? "", logger: .quiet).apply(SchemaCatalog.all)
        let owner = PostgresPool(
            try PostgresConfiguration(url: url ?? "", applicationName: "test"), logger: .quiet)
        try await owner.execute("ALTER ROLE \(unsafeRaw: role) PASSWORD '\(unsafeRaw: password)'")
        await owner.close()
    }
}

extension NotificationsBench {
    /// Runs a handler's work in a transaction of the workspace.
    @discardableResult
    func handle<Result: Sendable>(
        in workspace: WorkspaceID? = nil, _ work: @escaping @Sendable (HandlerTransaction) async throws -> Result
    ) async throws -> (result: Result, sent: [Envelope]) {
        let context = MessageContext(workspaceID: workspace ?? workspaceID, actor: "ops@example.com")
        let (result, owed) = try await outbox.commit(context, scope: .workspace, work)
        return (result, (owed.rows + owed.direct).map(\.envelope))
    }

    /// An endpoint at `https://<host>/hook`.
    @discardableResult
    func webhook(
        _ host: String, _ events: [PublicEvent] = [.ticketUpdated], ordered: Bool = false,
        secret: WebhookSecret = WebhookSecret(), in workspace: WorkspaceID? = nil
    ) async throws -> WebhookID {
        let workspace = workspace ?? workspaceID
        let command = CreateWebhook(
            webhookID: WebhookID(), url: "https://\(host)/hook", events: events, ordered: ordered, description: nil,
            secret: try sealed(secret, workspace))
        return try await handle(in: workspace) { try await CreateWebhookHandler().handle(command, in: $0).webhookID }
            .result
    }

    func sealed(_ secret: WebhookSecret, _ workspace: WorkspaceID? = nil) throws -> SealedText {
        let sealed = try secret.sealed(in: secrets, for: workspace ?? workspaceID)
        return SealedText(keyID: sealed.keyID, bytes: Data(sealed.bytes))
    }

    /// Something happens now, or is heard of late.
    @discardableResult
    func happen(
        _ event: PublicEvent = .ticketUpdated, subject: String = "tkt_1", _ data: String = #"{"n":1}"#, at: Date? = nil
    ) async throws -> Envelope {
        var attributes = Envelope.Attributes(
            id: UUIDv7.make().canonicalText, type: event.rawValue, source: "test", workspaceid: workspaceID)
        attributes.subject = subject
        attributes.time = at ?? clock.now
        let envelope = Envelope(attributes, data: RawJSON(text: data))
        try await take(envelope)
        return envelope
    }

    func take(_ envelope: Envelope) async throws {
        try await handle(in: envelope.attributes.workspaceid) {
            try await QueueDeliveries().handle(envelope, in: $0)
        }
    }

    func operate(_ verb: OperateWebhook.Verb, _ id: WebhookID) async throws {
        let command = OperateWebhook(webhookID: id, verb: verb)
        try await handle { _ = try await OperateWebhookHandler().handle(command, in: $0) }
    }

    /// Calls what is due until nothing is, one after another; gives how many calls there were.
    @discardableResult
    func deliverDue() async throws -> Int {
        var calls = 0
        while true {
            let claimed = try await claims.claim(endpointsMax: 50)
            if claimed.isEmpty { return calls }
            for delivery in claimed { await loop.deliver(delivery) }
            calls += claimed.count
        }
    }

    struct Row: Sendable {
        var id: DeliveryID
        var status: String
        var attempts: Int
        var nextAttemptAt: Date
        var lastError: String?
        var subject: String
    }

    func deliveries(to webhook: WebhookID) async throws -> [Row] {
        try await handle { transaction in
            try await transaction.database.query(
                """
                SELECT id, status, attempts, next_attempt_at, last_error, subject FROM deliveries
                WHERE webhook_id = \(webhook.uuid) ORDER BY occurred_at, event_id
                """
            ).map { row in
                Row(
                    id: DeliveryID(uuid: try row("id")), status: try row("status"), attempts: try row("attempts"),
                    nextAttemptAt: try row("next_attempt_at"), lastError: try row("last_error"),
                    subject: try row("subject"))
            }
        }.result
    }

    func status(of webhook: WebhookID) async throws -> String {
        try await handle {
            try await $0.database.query("SELECT status FROM webhooks WHERE id = \(webhook.uuid)")[0]("status")
        }.result
    }

    /// What the service wants to look at again, and when.
    func reviews() async throws -> [(dueAt: Date, command: ReviewWebhook)] {
        try await handle { [workspaceID] in
            try await $0.database.query(
                "SELECT due_at, body FROM timers WHERE workspace_id = \(workspaceID.uuid) ORDER BY due_at"
            ).map { row in
                let envelope = try Envelope(body: Array(try row("body", as: String.self).utf8))
                return (dueAt: try row("due_at"), command: try envelope.data(ReviewWebhook.self))
            }
        }.result
    }

    /// The notices that the service owes, in the order in which they came about.
    func notices() async throws -> [Envelope] {
        try await handle { [workspaceID] in
            try await $0.database.query(
                """
                SELECT body FROM outbox WHERE workspace_id = \(workspaceID.uuid) AND routing_key = 'webhook.disabling'
                ORDER BY created_at
                """
            ).map { try Envelope(body: Array(try $0("body", as: String.self).utf8)) }
        }.result
    }

    /// What the service tells people of by Slack.
    func alerts() async throws -> [SendSlackAlert.Alert] { try await owed(SendSlackAlert.self).map(\.alert) }

    /// What the service owes to the broker of one kind.
    func owed<C: Command>(_ command: C.Type) async throws -> [C] {
        try await handle { [workspaceID] in
            try await $0.database.query(
                "SELECT body FROM outbox WHERE workspace_id = \(workspaceID.uuid) ORDER BY created_at"
            ).map { try Envelope(body: Array(try $0("body", as: String.self).utf8)) }
        }.result.filter { $0.attributes.type == C.name }.map { try $0.data(C.self) }
    }

    /// Deletes what has been kept long enough.
    func keepHouse() async throws {
        let chores =
            DeliveryRetention.chores(on: outbox.pool, clock) + WebhookSecretStore.chores(on: outbox.pool, clock)
            + EmailRetention.chores(on: outbox.pool, clock) + AlertHistory.chores(on: outbox.pool, clock)
        for chore in chores {
            // What other tests have left is deleted with it.
            while try await chore.deleteBatch(1000) >= 1000 {}
        }
    }

    /// What another service has written, past row-level security.
    func asOwner(_ sql: SQL) async throws {
        let owner = PostgresPool(
            try PostgresConfiguration(url: Self.url ?? "", applicationName: "test", poolSize: 1), logger: .quiet)
        try await owner.execute(sql)
        await owner.close()
    }

    /// As when a process died with its calls.
    func expireLeases() async throws {
        try await pool.execute(
            "UPDATE deliveries SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL")
        try await pool.execute("UPDATE effects SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL")
    }
}

/// A name service that a test can have answer differently.
final class TestNames: Sendable {
    private let answers = Mutex<[String: [[String]]]>([:])

    /// The answers in their order; the last one stays.
    func set(_ host: String, _ answers: [String]...) {
        self.answers.withLock { $0[host] = answers }
    }

    func addresses(of host: String) -> [String] {
        answers.withLock { answers in
            guard let list = answers[host], let first = list.first else { return ["93.184.216.34"] }
            if list.count > 1 { answers[host] = Array(list.dropFirst()) }
            return first
        }
    }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
