/// The warehouse account and how patient the warehouse is.
struct DCLSettings: Sendable {
    var accountNumber: String
    var username: String
    var password: String
    var webhookSecret: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 40
    var leakPerSecond: Double = 2
}

extension DCLSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            accountNumber: try settings.required("STATESET_DCL_ACCOUNT_NUMBER"),
            username: try settings.required("STATESET_DCL_USERNAME"),
            password: try settings.required("STATESET_DCL_PASSWORD"),
            webhookSecret: try settings.required("STATESET_DCL_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_DCL_BUCKET", default: 40),
            leakPerSecond: try settings.number("STATESET_SIM_DCL_LEAK", default: 2))
    }
}
