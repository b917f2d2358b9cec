/// The account's credentials and how many requests it serves at once.
struct NetSuiteSettings: Sendable {
    /// In its original form, with capitals and underscore.
    var account: String
    var consumerKey: String
    var consumerSecret: String
    var tokenID: String
    var tokenSecret: String
    var concurrencyMax: Int = 5
}

extension NetSuiteSettings {
    init(_ settings: SettingReader) throws {
        self.init(
            account: try settings.required("STATESET_NETSUITE_ACCOUNT"),
            consumerKey: try settings.required("STATESET_NETSUITE_CONSUMER_KEY"),
            consumerSecret: try settings.required("STATESET_NETSUITE_CONSUMER_SECRET"),
            tokenID: try settings.required("STATESET_NETSUITE_TOKEN_ID"),
            tokenSecret: try settings.required("STATESET_NETSUITE_TOKEN_SECRET"),
            concurrencyMax: Int(try settings.number("STATESET_SIM_NETSUITE_CONCURRENCY", default: 5)))
    }
}
