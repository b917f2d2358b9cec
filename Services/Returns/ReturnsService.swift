import Messaging
import ServiceKit
import ServiceLifecycle

/// What `returns` is made of.
struct ReturnsService: Sendable {
    let services: [any Service]

    init(_ context: ServiceContext) {
        var options = MessagingRuntime.Options()
        options.attemptMax = { await context.providerSettings.attemptMax(provider: $0, workspace: $1) }
        let runtime = MessagingRuntime(
            service: .returns, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: Self.handlers(ProviderAccounts(context)), options: options,
            logger: context.logger)
        services = runtime.services
    }

    static func handlers(_ accounts: ProviderAccounts) -> [MessageHandler] {
        let news = ReceiveShopMoney()
        return [
            .event(FollowOrderPayments()),
            .events(matching: "webhook.shopify.#") { try await news.handle($0, in: $1) },
            .effect(ReadOrderPaymentsHandler(accounts: accounts)),
            .command(RequestRefundHandler()),
            .command(SetReturnPolicyHandler()),
        ] + providerHandlers(accounts)
    }
}
