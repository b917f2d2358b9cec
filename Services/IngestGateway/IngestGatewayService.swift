import Commerce
import Foundation
import Hummingbird
import Logging
import Messaging
import NIOCore
import Providers
import ServiceKit
import ServiceLifecycle

/// The composition root: the public HTTP server, and what publishes after the commits. It takes no messages but what to do
/// with those that could not be published.
struct IngestGatewayService: Sendable {
    /// In the order in which they start; HTTP stops first.
    let services: [any Service]

    // LIMIT: providers keep connections for the next webhook, but not for ever.
    private static let idleTimeout = TimeAmount.seconds(60)
    // LIMIT: Shopify gives up on the whole request after 5 s, so what takes longer comes again anyway.
    private static let bodyTimeLimit = TimeAmount.seconds(5)

    init(_ context: ServiceContext) throws {
        let runtime = MessagingRuntime(
            service: .ingestGateway, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: [], logger: context.logger)
        let outbox = runtime.outbox
        let quarantine = Quarantine(outbox: outbox, logger: context.logger)
        let receive = ReceiveWebhook(
            writer: ReceiptWriter(outbox: outbox), workspaces: WorkspaceDirectory(pool: context.postgres),
            verifiers: VerifierCache(settings: Self.settings(context.providerSettings)), rates: WorkspaceRates(),
            quarantine: quarantine, logger: context.logger)
        let router = GatewayRouter.make(receive: receive, logger: context.logger)
        HealthRoutes(context.health).add(to: router)
        let http = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [BodyDeadline(Self.bodyTimeLimit)], idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .hostname(context.settings.host.host, port: try context.settings.host.requireHTTPPort())),
            logger: context.logger)
        let housekeeping = Housekeeping(
            [ReceiptRetention.chore(on: context.postgres, clock: context.clock)], logger: context.logger)
        services = runtime.services + [quarantine, housekeeping, http]
    }

    /// The settings as stored, secrets opened, for the verifier to read.
    private static func settings(_ store: ProviderSettingsStore) -> VerifierCache.SettingsSource {
        { provider, workspaceID in
            do {
                let document = try await store.settings(
                    JSONValue.self, provider: provider, workspace: workspaceID)
                return Array(try JSONEncoder().encode(document))
            } catch let error as ProviderSettingsError where error.code == .notConfigured {
                return nil
            }
        }
    }
}
