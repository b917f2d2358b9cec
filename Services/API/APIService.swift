import HTTPTransport
import Hummingbird
import Logging
import Messaging
import NIOCore
import Postgres
import ServiceKit
import ServiceLifecycle

/// The composition root: the public HTTP server, and what publishes the commands it has committed. It takes no messages
/// but what to do with those that could not be published.
struct APIService: Sendable {
    /// In the order in which they start; HTTP stops first.
    let services: [any Service]

    // LIMIT: longer than the longest `?wait=`, so that no request under way is cut.
    private static let idleTimeout = TimeAmount.seconds(120)

    init(_ context: ServiceContext) throws {
        let runtime = MessagingRuntime(
            service: .api, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: [], logger: context.logger)
        let outbox = runtime.outbox
        let resolver = HostResolver(timeout: .seconds(2))
        let webhooks = WebhookGuard(
            secrets: SecretBox(context.settings.secretKeys), allowed: context.settings.host.webhookAllow,
            resolve: { try await resolver.addresses(of: $0) })
        let router = Self.router(
            outbox: outbox, sender: CommandSender(outbox: outbox), checks: webhooks, health: context.health,
            logger: context.logger)
        let http = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .hostname(context.settings.host.host, port: try context.settings.host.requireHTTPPort())),
            logger: context.logger)
        services = runtime.services + [http]
    }

    static func router(
        outbox: TransactionalOutbox, sender: CommandSender, checks: WebhookGuard, health: Health, logger: Logger
    ) -> Router<BasicRequestContext> {
        let endpoints = APIEndpoints.all(outbox: outbox, sender: sender, checks: checks)
        let shell = EndpointRouter(
            gate: Gate(keys: KeyDirectory(pool: outbox.pool)),
            idempotency: Idempotency(pool: outbox.pool, logger: logger), logger: logger)
        return shell.router(endpoints, document: OpenAPIDocument.make(endpoints), health: health)
    }
}
