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
        money(accounts) + returns + warranties + news(accounts) + providerHandlers(accounts)
            + replacementHandlers(accounts)
    }

    private static func money(_ accounts: ProviderAccounts) -> [MessageHandler] {
        let news = ReceiveShopMoney()
        let exchange = ReceiveExchangePayment()
        let stripe = ReceiveStripeRefund()
        return [
            .event(FollowOrderPayments()),
            .events(matching: "webhook.shopify.#") { envelope, transaction in
                try await news.handle(envelope, in: transaction)
                try await exchange.handle(envelope, in: transaction)
            },
            .events(matching: "webhook.stripe.#") { try await stripe.handle($0, in: $1) },
            .effect(ReadOrderPaymentsHandler(accounts: accounts)),
            .command(RequestRefundHandler()),
            .command(RequestReturnRefundHandler()),
            .effect(SendRefundHandler(accounts: accounts)),
            .effect(CheckRefundHandler(accounts: accounts)),
            .effect(GrantStoreCreditBonusHandler(accounts: accounts)),
        ]
    }

    private static let returns: [MessageHandler] = [
        .command(SetReturnPolicyHandler()),
        .command(CheckReturnHandler()),
        .command(WithdrawReturnHandler()),
        .command(ReviewReturnHandler()),
        .command(EscalateReviewHandler()),
        .command(DecideReturnHandler()),
        .command(RecordLabelSentHandler()),
        .command(NotifyReturnCustomerHandler()),
        .command(RemindOfReturnHandler()),
        .command(CheckReturnArrivalHandler()),
        .command(ReceiveReturnHandler()),
        .command(InspectReturnHandler()),
        .command(AssessReturnHandler()),
        .command(CloseReturnHandler()),
        .command(ReopenReturnHandler()),
        .command(MatchBlindReceiptHandler()),
        .command(DismissBlindReceiptHandler()),
        .command(CreateTicketHandler()),
        .command(ChangeTicketHandler()),
        .event(ProjectReturnSaga()),
    ]

    private static func news(_ accounts: ProviderAccounts) -> [MessageHandler] {
        let scan = ReceiveParcelScan()
        let receipt = ReceiveWarehouseReturn()
        let subscription = ReceiveSubscriptionNews()
        return [
            .events(matching: "webhook.shipstation.#") { try await scan.handle($0, in: $1) },
            .events(matching: "webhook.dcl.#") { try await receipt.handle($0, in: $1) },
            .events(matching: "webhook.recharge.#") { try await subscription.handle($0, in: $1) },
            .effect(ReadReturnParcelHandler(accounts: accounts)),
            .effect(ReadWarehouseReturnHandler(accounts: accounts)),
            .effect(PollWarehouseReturnsHandler(accounts: accounts)),
            .effect(ExpireReturnHandler(accounts: accounts)),
        ]
    }
}
