/// What the shop and the platform have agreed on, and how patient the shop is.
struct ShopifySettings: Sendable {
    var shop: String
    var accessToken: String
    var webhookSecret: String
    var webhookURL: String
    /// Requests the REST bucket holds, and how many of them leak out each second.
    var bucketSize: Double = 40
    var leakPerSecond: Double = 2

    /// `mienne` and `mienne.myshopify.com` name the same shop.
    var domain: String { shop.contains(".") ? shop : "\(shop).myshopify.com" }
}

extension ShopifySettings {
    init(_ settings: SettingReader, webhookURL: String) throws {
        self.init(
            shop: try settings.required("STATESET_SHOPIFY_SHOP"),
            accessToken: try settings.required("STATESET_SHOPIFY_ACCESS_TOKEN"),
            webhookSecret: try settings.required("STATESET_SHOPIFY_WEBHOOK_SECRET"),
            webhookURL: webhookURL,
            bucketSize: try settings.number("STATESET_SIM_SHOPIFY_BUCKET", default: 40),
            leakPerSecond: try settings.number("STATESET_SIM_SHOPIFY_LEAK", default: 2))
    }
}
