import Commerce
import Contracts
import HTTPTransport
import Logging
import Messaging
import ServiceKit
import ServiceLifecycle

/// What `notifications` is made of.
struct NotificationsService: Sendable {
    let services: [any Service]

    init(_ context: ServiceContext) {
        let http = CurlHTTPClient(limits: .webhooks, logger: context.logger)
        let mail = CurlHTTPClient(limits: .mail, logger: context.logger)
        var options = MessagingRuntime.Options()
        options.prefetch = MailSlots.room
        options.attemptMax = { await context.providerSettings.attemptMax(provider: $0, workspace: $1) }
        let runtime = MessagingRuntime(
            service: .notifications, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock,
            handlers: Self.handlers(
                MailDelivery(
                    accounts: MailAccounts(context, mail: mail), calls: MailCallStore(pool: context.postgres),
                    slots: MailSlots()),
                context.logger),
            options: options, logger: context.logger)
        let resolver = HostResolver()
        let call = DeliveryCall(
            http: http, secrets: SecretBox(context.settings.secretKeys), allowed: context.settings.host.webhookAllow,
            resolve: { try await resolver.addresses(of: $0, for: $1.description) },
            hearOfUnopened: { [logger = context.logger] problem, delivery in
                logger.error(
                    "an older signing secret cannot be opened: deliveries are signed without it",
                    metadata: ["webhook_id": "\(delivery.webhookID)", "error": "\(problem)"])
            })
        services =
            [OutgoingConnections(clients: [http, mail])] + runtime.services + [
                DeliveryLoop(
                    claims: DeliveryClaims(pool: context.postgres, clock: context.clock), call: call,
                    settlement: DeliverySettlement(outbox: runtime.outbox), logger: context.logger),
                MailHoldLoop(outbox: runtime.outbox, logger: context.logger),
                Housekeeping(
                    DeliveryRetention.chores(on: context.postgres, context.clock)
                        + WebhookSecretStore.chores(on: context.postgres, context.clock)
                        + EmailRetention.chores(on: context.postgres, context.clock)
                        + AlertHistory.chores(on: context.postgres, context.clock), logger: context.logger),
            ]
    }

    static func handlers(_ delivery: MailDelivery, _ logger: Logger) -> [MessageHandler] {
        events + webhooks + mails(delivery, logger)
    }

    private static let events: [MessageHandler] = PublicEvent.allCases.map { event in
        .events(matching: event.rawValue) { envelope, transaction in
            try await QueueDeliveries().handle(envelope, in: transaction)
            try await TellOfTrouble().handle(envelope, in: transaction)
        }
    }

    private static let webhooks: [MessageHandler] = [
        .command(CreateWebhookHandler()),
        .command(ChangeWebhookHandler()),
        .command(OperateWebhookHandler()),
        .command(RotateWebhookSecretHandler()),
        .command(TestWebhookHandler()),
        .command(ResendDeliveriesHandler()),
        .command(HurryDeliveriesHandler()),
        .command(ReviewWebhookHandler()),
    ]

    private static func mails(_ delivery: MailDelivery, _ logger: Logger) -> [MessageHandler] {
        [
            .effect(SendEmailHandler(delivery: delivery)),
            .effect(ResendEmailHandler(delivery: delivery)),
            .effect(SendHeldEmailHandler(delivery: delivery)),
            .command(ResendEmailsHandler()),
            .command(SetEmailTemplateHandler()),
            .effect(SendSlackAlertHandler(accounts: delivery.accounts, logger: logger)),
        ]
    }
}

/// Closes the connections to endpoints and mail servers when the service has stopped delivering.
private struct OutgoingConnections: Service {
    let clients: [CurlHTTPClient]

    func run() async throws {
        // Cancelled instead of shut down: closed all the same.
        try? await gracefulShutdown()
        for client in clients { await client.shutdown() }
    }
}

extension HTTPLimits {
    /// What somebody's endpoint may make us hold.
    fileprivate static var webhooks: HTTPLimits {
        var limits = HTTPLimits()
        limits.responseBytes = 64 * 1024
        limits.responseHeaderBytes = 32 * 1024
        limits.connectTimeout = .seconds(5)
        return limits
    }

    /// What a mail server may.
    static var mail: HTTPLimits {
        var limits = HTTPLimits()
        limits.responseBytes = 64 * 1024
        limits.responseHeaderBytes = 32 * 1024
        // LIMIT: calls of endpoints have 256 of the process's 1,024 descriptors, the other clients theirs.
        limits.exchanges = 256
        // WHY: libcurl counts greeting, EHLO, STARTTLS and the login to the connecting; servers that guard against spam
        // let the greeting wait on purpose. Source: our SMTP profile.
        limits.connectTimeout = .seconds(30)
        return limits
    }
}
