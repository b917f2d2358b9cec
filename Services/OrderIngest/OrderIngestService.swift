import Messaging
import ServiceKit
import ServiceLifecycle

/// What `order-ingest` is made of.
struct OrderIngestService: Sendable {
    let services: [any Service]

    init(_ context: ServiceContext) {
        var options = MessagingRuntime.Options()
        options.attemptMax = { await context.providerSettings.attemptMax(provider: $0, workspace: $1) }
        let runtime = MessagingRuntime(
            service: .orderIngest, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: Self.handlers(ProviderAccounts(context)), options: options,
            logger: context.logger)
        services = runtime.services
    }

    static func handlers(_ accounts: ProviderAccounts) -> [MessageHandler] {
        orders(accounts) + salesOrders(accounts) + shop(accounts) + news
    }

    private static func orders(_ accounts: ProviderAccounts) -> [MessageHandler] {
        let receive = ReceiveShopOrder()
        return [
            .events(matching: "webhook.shopify.#") { try await receive.handle($0, in: $1) },
            .effect(CheckOrderHandler(accounts: accounts)),
            .command(HoldOrderHandler()),
            .command(ReleaseOrderHandler()),
        ]
    }

    private static func salesOrders(_ accounts: ProviderAccounts) -> [MessageHandler] {
        [
            .effect(CreateSalesOrderHandler(accounts: accounts)),
            .effect(CancelSalesOrderHandler(accounts: accounts)),
            .effect(ImportSalesOrderHandler(accounts: accounts)),
        ]
    }

    private static func shop(_ accounts: ProviderAccounts) -> [MessageHandler] {
        [
            .effect(TagShopOrderHandler(accounts: accounts)),
            .effect(UntagShopOrderHandler(accounts: accounts)),
            .effect(RecordSalesOrderInShopHandler(accounts: accounts)),
        ]
    }

    private static let news: [MessageHandler] = [
        .event(ProjectSaga()),
        .event(NoteOrderDispatched()),
        .event(NoteDispatchCancelled()),
        .event(NoteDispatchHeld()),
        .event(NoteDispatchClosed()),
        .event(NoteShipmentShipped()),
        .event(NoteShipmentDelivered()),
        .event(NoteShipmentRecorded()),
        .event(NoteShipmentDuplicated()),
    ]
}
