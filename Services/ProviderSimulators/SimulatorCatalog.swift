/// Every provider that is simulated. A new one is one folder and one line here.
struct SimulatorCatalog: Sendable {
    let providers: [any HostedProvider]

    init(
        _ configuration: SimulatorConfiguration, webhooks: WebhookSender, background: BackgroundWork,
        time: SimulatorTime
    ) {
        func host<State: SimulatedProvider>(_ state: State) -> any HostedProvider {
            ProviderHost(state, webhooks: webhooks, background: background, time: time)
        }
        providers = [
            host(ShopifySimulator(configuration.shopify, idOffset: configuration.idOffset)),
            host(NetSuiteSimulator(configuration.netsuite, idOffset: configuration.idOffset)),
            host(DCLSimulator(configuration.dcl, idOffset: configuration.idOffset)),
            host(ShipStationSimulator(configuration.shipstation, idOffset: configuration.idOffset)),
            host(StripeSimulator(configuration.stripe, idOffset: configuration.idOffset)),
            host(GorgiasSimulator(configuration.gorgias, idOffset: configuration.idOffset)),
            host(ZendeskSimulator(configuration.zendesk, idOffset: configuration.idOffset)),
            host(RechargeSimulator(configuration.recharge, idOffset: configuration.idOffset)),
            host(QuickBooksSimulator(configuration.quickbooks, idOffset: configuration.idOffset)),
            host(SMTPSimulator()),
            host(SlackSimulator()),
            host(Sink()),
        ]
    }
}
