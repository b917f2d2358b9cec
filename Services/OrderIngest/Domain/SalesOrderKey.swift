import Commerce

/// Our key of an order's sales order at NetSuite, where it is unique.
///
/// Each generation has its own, so that a second try never finds the cancelled first.
enum SalesOrderKey {
    static func externalID(of orderID: OrderID, shopID: String?, generation: Int) -> String {
        let base = shopID.map(shop) ?? "stateset-\(orderID)"
        return generation > 1 ? "\(base)-\(generation)" : base
    }

    static func shop(_ id: String) -> String { shopPrefix + id }

    /// The shop's order id in such a key, of whatever generation.
    static func shopID(in externalID: String) -> String? {
        guard externalID.hasPrefix(shopPrefix) else { return nil }
        return externalID.dropFirst(shopPrefix.count).split(separator: "-").first.map(String.init)
    }

    private static let shopPrefix = "shopify-"
}
