/// The account's token, and how many calls a minute it may make.
struct ZendeskSettings: Sendable {
    var email: String
    var apiToken: String
    var webhookSecret: String
    var webhookURL: String
    var callsPerMinute: Int = 700
    var updatesPerMinute: Int = 100
}

extension ZendeskSettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            email: try settings.required("STATESET_ZENDESK_EMAIL"),
            apiToken: try settings.required("STATESET_ZENDESK_API_TOKEN"),
            webhookSecret: try settings.required("STATESET_ZENDESK_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            callsPerMinute: Int(try settings.number("STATESET_SIM_ZENDESK_CALLS", default: 700)),
            updatesPerMinute: Int(try settings.number("STATESET_SIM_ZENDESK_UPDATES", default: 100)))
    }
}
