/// The store's token, the client's secret that webhooks are signed with, and how patient Recharge is.
struct RechargeSettings: Sendable {
    var accessToken: String
    var clientSecret: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 40
    var leakPerSecond: Double = 2
}

extension RechargeSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            accessToken: try settings.required("STATESET_RECHARGE_ACCESS_TOKEN"),
            clientSecret: try settings.required("STATESET_RECHARGE_CLIENT_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_RECHARGE_BUCKET", default: 40),
            leakPerSecond: try settings.number("STATESET_SIM_RECHARGE_LEAK", default: 2))
    }
}
