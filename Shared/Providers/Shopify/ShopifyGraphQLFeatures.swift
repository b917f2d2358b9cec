/// What a version of the shop's GraphQL can do. Versions are `YYYY-MM`, or `unstable`, which is ahead of all.
struct ShopifyGraphQLFeatures: OptionSet {
    let rawValue: Int

    /// `refundCreate` pays into store credit.
    static let storeCreditRefunds = ShopifyGraphQLFeatures(rawValue: 1)
    /// `refundCreate` takes an idempotency key, and from 2026-04 on insists on it.
    static let idempotentRefunds = ShopifyGraphQLFeatures(rawValue: 2)
    /// `inventoryAdjustQuantities` does, from the same versions on.
    static let idempotentAdjustments = ShopifyGraphQLFeatures(rawValue: 4)
}

extension ShopifySettings {
    var graphQLFeatures: ShopifyGraphQLFeatures {
        var features: ShopifyGraphQLFeatures = []
        if isAtLeast("2025-07") { features.insert(.storeCreditRefunds) }
        if isAtLeast("2026-01") { features.formUnion([.idempotentRefunds, .idempotentAdjustments]) }
        return features
    }

    private func isAtLeast(_ version: String) -> Bool { graphQLVersion == "unstable" || graphQLVersion >= version }
}
