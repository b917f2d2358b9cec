import Logging
import Messaging
import ServiceKit
import ServiceLifecycle

/// What `tracking` is made of.
struct TrackingService: Sendable {
    let services: [any Service]

    init(_ context: ServiceContext) {
        var options = MessagingRuntime.Options()
        options.attemptMax = { await context.providerSettings.attemptMax(provider: $0, workspace: $1) }
        let runtime = MessagingRuntime(
            service: .tracking, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: Self.handlers(ProviderAccounts(context), context.logger), options: options,
            logger: context.logger)
        services = runtime.services
    }

    static func handlers(_ accounts: ProviderAccounts, _ logger: Logger) -> [MessageHandler] {
        let notification = ReceiveWarehouseNotification()
        let scan = ReceiveCarrierScan()
        return [
            .event(OpenWarehouseOrder()),
            .event(CloseWarehouseOrder()),
            .events(matching: "webhook.dcl.#") { try await notification.handle($0, in: $1) },
            .events(matching: "webhook.shipstation.#") { try await scan.handle($0, in: $1) },
            .effect(PollWarehouseHandler(accounts: accounts)),
            .effect(ReadWarehouseOrderHandler(accounts: accounts)),
            .effect(ReadPackageHandler(accounts: accounts)),
            .effect(StartTrackingHandler(accounts: accounts, logger: logger)),
            .effect(CreateItemFulfillmentHandler(accounts: accounts)),
            .effect(CreateCashSaleHandler(accounts: accounts)),
            .effect(CreateShopFulfillmentHandler(accounts: accounts)),
        ]
    }
}
