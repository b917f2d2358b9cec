/// The account's key, its webhook endpoint, and how patient Stripe is.
struct StripeSettings: Sendable {
    var secretKey: String
    var webhookSecret: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 25
    var leakPerSecond: Double = 25
}

extension StripeSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            secretKey: try settings.required("STATESET_STRIPE_SECRET_KEY"),
            webhookSecret: try settings.required("STATESET_STRIPE_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_STRIPE_BUCKET", default: 25),
            leakPerSecond: try settings.number("STATESET_SIM_STRIPE_LEAK", default: 25))
    }
}
