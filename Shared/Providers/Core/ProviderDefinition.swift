/// What the platform knows about a provider before it has settings.
public struct ProviderDefinition: Sendable {
    public typealias SettingsCheck = @Sendable ([UInt8]) throws(ProviderSettingsProblem) -> Void
    public typealias VerifierMaker = @Sendable ([UInt8]) throws(ProviderSettingsProblem) -> any WebhookVerifier

    public let name: String
    public let keys: [String]
    public let secretKeys: Set<String>
    /// Checks settings given as a JSON object.
    public let validate: SettingsCheck
    /// Makes the verifier of a workspace from its settings; nil for a provider that sends no webhooks.
    public let webhookVerifier: VerifierMaker?
    /// Whether a service listens to its webhooks. Those of the others are kept, to be read and replayed, and nobody is
    /// told of them: a message that reaches no queue would wait for one for ever.
    public let isHeard: Bool

    /// A provider that sends no webhooks.
    init<Settings: ProviderSettings>(_ type: Settings.Type) {
        self.init(type, verifier: nil, isHeard: false)
    }

    /// A provider whose webhooks the gateway takes.
    init<Settings: ProviderSettings, Verifier: WebhookVerifier>(
        _ type: Settings.Type, isHeard: Bool = true, webhooks make: @escaping @Sendable (Settings) -> Verifier
    ) {
        self.init(
            type,
            verifier: { (json: [UInt8]) throws(ProviderSettingsProblem) -> any WebhookVerifier in
                make(try Settings.decode(json))
            }, isHeard: isHeard)
    }

    private init<Settings: ProviderSettings>(
        _ type: Settings.Type, verifier: VerifierMaker?, isHeard: Bool
    ) {
        name = Settings.provider
        keys = Settings.keys
        secretKeys = Settings.secretKeys
        validate = { (json: [UInt8]) throws(ProviderSettingsProblem) -> Void in _ = try Settings.decode(json) }
        webhookVerifier = verifier
        self.isHeard = isHeard
    }
}
