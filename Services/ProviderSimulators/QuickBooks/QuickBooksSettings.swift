/// The company, the app that is connected to it, and how patient Intuit is.
struct QuickBooksSettings: Sendable {
    var realmID: String
    var clientID: String
    var clientSecret: String
    /// The refresh token that the connection began with.
    var refreshToken: String
    var verifierToken: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 10
    var leakPerSecond: Double = 500.0 / 60
}

extension QuickBooksSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            realmID: try settings.required("STATESET_QUICKBOOKS_REALM_ID"),
            clientID: try settings.required("STATESET_QUICKBOOKS_CLIENT_ID"),
            clientSecret: try settings.required("STATESET_QUICKBOOKS_CLIENT_SECRET"),
            refreshToken: try settings.required("STATESET_QUICKBOOKS_REFRESH_TOKEN"),
            verifierToken: try settings.required("STATESET_QUICKBOOKS_VERIFIER_TOKEN"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_QUICKBOOKS_BUCKET", default: 10),
            leakPerSecond: try settings.number("STATESET_SIM_QUICKBOOKS_LEAK", default: 500.0 / 60))
    }
}
