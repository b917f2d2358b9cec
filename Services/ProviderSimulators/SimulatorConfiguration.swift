import Foundation

/// Everything the process is told from outside.
struct SimulatorConfiguration: Sendable {
    var host: String
    var port: Int
    var adminPort: Int?
    var shopify: ShopifySettings
    var netsuite: NetSuiteSettings
    var dcl: DCLSettings
    var gorgias: GorgiasSettings
    var zendesk: ZendeskSettings
    var shipstation: ShipStationSettings
    var stripe: StripeSettings
    var recharge: RechargeSettings
    var quickbooks: QuickBooksSettings
    var idOffset: IDOffset
    /// Nil where there is no mail server.
    var smtpPort: Int?
    /// What `AUTH PLAIN` must bring; nil asks for no login.
    var smtpLogin: String?

    init(_ settings: SettingReader, startedAt: Date) throws {
        host = settings.optional("STATESET_HOST") ?? "127.0.0.1"
        port = try settings.port("STATESET_HTTP_PORT")
        adminPort = try settings.optionalPort("STATESET_ADMIN_PORT")
        let gateway = try settings.url("STATESET_GATEWAY_URL")
        let workspace = try settings.required("STATESET_WORKSPACE")
        shopify = try ShopifySettings(settings, webhookURL: "\(gateway)/webhooks/shopify/\(workspace)")
        netsuite = try NetSuiteSettings(settings)
        dcl = try DCLSettings(settings, webhookURL: "\(gateway)/webhooks/dcl/\(workspace)")
        gorgias = try GorgiasSettings(settings, webhookURL: "\(gateway)/webhooks/gorgias/\(workspace)")
        zendesk = try ZendeskSettings(settings, webhookURL: "\(gateway)/webhooks/zendesk/\(workspace)")
        shipstation = try ShipStationSettings(settings, webhookURL: "\(gateway)/webhooks/shipstation/\(workspace)")
        stripe = try StripeSettings(settings, webhookURL: "\(gateway)/webhooks/stripe/\(workspace)")
        recharge = try RechargeSettings(settings, webhookURL: "\(gateway)/webhooks/recharge/\(workspace)")
        quickbooks = try QuickBooksSettings(settings, webhookURL: "\(gateway)/webhooks/quickbooks/\(workspace)")
        idOffset = try Self.idOffset(settings, startedAt: startedAt)
        smtpPort = try settings.optionalPort("STATESET_SMTP_PORT")
        smtpLogin = settings.optional("STATESET_SMTP_USERNAME").map { name in
            let password = settings.optional("STATESET_SMTP_PASSWORD") ?? ""
            return Data("\0\(name)\0\(password)".utf8).base64EncodedString()
        }
    }

    private static func idOffset(_ settings: SettingReader, startedAt: Date) throws -> IDOffset {
        if let pinned = settings.optional("STATESET_SIM_ID_OFFSET") {
            guard let value = Int(pinned), value >= 0 else {
                throw SettingError(message: "the setting STATESET_SIM_ID_OFFSET is not a whole number")
            }
            return .pinned(value)
        }
        guard let path = settings.optional("STATESET_SIM_RUN_FILE") else { return .time(startedAt) }
        do {
            return try .countingStarts(file: URL(fileURLWithPath: path))
        } catch {
            throw SettingError(message: "the setting STATESET_SIM_RUN_FILE names a file that cannot be written")
        }
    }
}
