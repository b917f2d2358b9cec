import Messaging
import ServiceKit
import ServiceLifecycle

/// What `fulfillment-dispatch` is made of.
struct FulfillmentDispatchService: Sendable {
    let services: [any Service]

    init(_ context: ServiceContext) {
        var options = MessagingRuntime.Options()
        options.attemptMax = { await context.providerSettings.attemptMax(provider: $0, workspace: $1) }
        let runtime = MessagingRuntime(
            service: .fulfillmentDispatch, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: Self.handlers(ProviderAccounts(context)), options: options,
            logger: context.logger)
        services = runtime.services
    }

    static func handlers(_ accounts: ProviderAccounts) -> [MessageHandler] {
        [
            .effect(DispatchToWarehouseHandler(accounts: accounts)),
            .effect(CancelDispatchHandler(accounts: accounts)),
            .effect(FlagSalesOrderHandler(accounts: accounts)),
            .effect(FindUnownedSalesOrdersHandler(accounts: accounts)),
        ]
    }
}
