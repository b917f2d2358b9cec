/// The account's key, where its webhooks go, and how patient ShipStation is.
struct ShipStationSettings: Sendable {
    var apiKey: String
    var webhookSecret: String
    var webhookURL: String
    /// Requests the bucket holds, and how many of them leak out each second: 200 a minute.
    var bucketSize: Double = 200
    var leakPerSecond: Double = 200.0 / 60
}

extension ShipStationSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            apiKey: try settings.required("STATESET_SHIPSTATION_API_KEY"),
            webhookSecret: try settings.required("STATESET_SHIPSTATION_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_SHIPSTATION_BUCKET", default: 200),
            leakPerSecond: try settings.number("STATESET_SIM_SHIPSTATION_LEAK", default: 200.0 / 60))
    }
}
