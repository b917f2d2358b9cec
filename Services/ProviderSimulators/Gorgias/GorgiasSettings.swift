/// The account's key, and how patient the helpdesk is.
struct GorgiasSettings: Sendable {
    var username: String
    var apiKey: String
    /// The address of the connected e-mail integration: replies from any other are not sent.
    var fromAddress: String
    var webhookToken: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 40
    var leakPerSecond: Double = 2
}

extension GorgiasSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            username: try settings.required("STATESET_GORGIAS_USERNAME"),
            apiKey: try settings.required("STATESET_GORGIAS_API_KEY"),
            fromAddress: try settings.required("STATESET_GORGIAS_FROM_ADDRESS"),
            webhookToken: try settings.required("STATESET_GORGIAS_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_GORGIAS_BUCKET", default: 40),
            leakPerSecond: try settings.number("STATESET_SIM_GORGIAS_LEAK", default: 2))
    }
}
