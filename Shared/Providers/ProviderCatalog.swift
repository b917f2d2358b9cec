/// Every provider there is. A new one is a folder and a line here.
public enum ProviderCatalog {
    public static let all: [ProviderDefinition] = [
        ProviderDefinition(ShopifySettings.self) { ShopifyWebhookVerifier(settings: $0) },
        ProviderDefinition(NetSuiteSettings.self),
        ProviderDefinition(DCLSettings.self) { DCLWebhookVerifier(settings: $0) },
        ProviderDefinition(GorgiasSettings.self, isHeard: false) { GorgiasWebhookVerifier(settings: $0) },
        ProviderDefinition(ZendeskSettings.self, isHeard: false) { ZendeskWebhookVerifier(settings: $0) },
        ProviderDefinition(ShipStationSettings.self) { ShipStationWebhookVerifier(settings: $0) },
        ProviderDefinition(StripeSettings.self) { StripeWebhookVerifier(settings: $0) },
        ProviderDefinition(RechargeSettings.self) { RechargeWebhookVerifier(settings: $0) },
        ProviderDefinition(QuickBooksSettings.self, isHeard: false) { QuickBooksWebhookVerifier(settings: $0) },
        ProviderDefinition(SMTPSettings.self),
        ProviderDefinition(SlackSettings.self),
    ]

    /// Nil for a name nobody registered.
    public static func provider(named name: String) -> ProviderDefinition? {
        all.first { $0.name == name }
    }
}
