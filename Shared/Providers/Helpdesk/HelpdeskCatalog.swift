import HTTPTransport

/// Every helpdesk there is. A new one is a line here beside its line in the catalog of providers.
public enum HelpdeskCatalog {
    public typealias Maker =
        @Sendable ([UInt8], any HTTPClient, any ProviderGate) throws(ProviderSettingsProblem) -> any Helpdesk

    /// By the provider's name.
    private static let makers: [String: Maker] = [
        GorgiasSettings.provider: { (json, http, gate) throws(ProviderSettingsProblem) in
            GorgiasClient(settings: try GorgiasSettings.decode(json), http: http, gate: gate)
        },
        ZendeskSettings.provider: { (json, http, gate) throws(ProviderSettingsProblem) in
            ZendeskClient(settings: try ZendeskSettings.decode(json), http: http, gate: gate)
        },
    ]

    public static var names: [String] { makers.keys.sorted() }

    /// The client of a workspace's helpdesk; nil for a provider that is none.
    ///
    /// - Parameter json: the workspace's settings of that provider.
    public static func client(
        named provider: String, settings json: [UInt8], http: any HTTPClient, gate: any ProviderGate
    ) throws(ProviderSettingsProblem) -> (any Helpdesk)? {
        guard let make = makers[provider] else { return nil }
        return try make(json, http, gate)
    }
}
