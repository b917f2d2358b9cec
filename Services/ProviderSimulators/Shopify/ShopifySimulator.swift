import Foundation

/// One shop: its orders and what happens to them, behind the Admin API.
struct ShopifySimulator: SimulatedProvider {
    static let name = "shopify"

    let settings: ShopifySettings
    var ids: ShopifyIDs
    var orders: [Int: ShopifyOrder] = [:]
    /// Oldest first.
    var orderIDs: [Int] = []
    var orderOfFulfillmentOrder: [Int: Int] = [:]
    var orderOfFulfillment: [Int: Int] = [:]
    var orderOfRefund: [Int: Int] = [:]
    /// What the payments of a refund get when it is made.
    var refundOutcome = "success"
    /// The same for single gateways.
    var refundOutcomes: [String: String] = [:]
    var keyedAnswers: [String: KeyedAnswer] = [:]
    /// What was added to what locations had at first, which is nothing.
    var stock: [ShopifyStockPlace: Int] = [:]
    /// Oldest first.
    var stockAdjustments: [ShopifyStockAdjustment] = []
    /// Credit that was added beside refunds, by customer; oldest first.
    var creditAdjustments: [Int: [CreditMovement]] = [:]
    var draftOrders: [Int: ShopifyDraftOrder] = [:]
    var draftTaxRate: Decimal = 0
    /// What whoever reserves the goods of a draft is told instead; nil while the shop does it.
    var reservationRefusal: String?
    /// Oldest first.
    var draftOrderIDs: [Int] = []
    /// By SKU; every SKU that was ever asked for has one.
    var variants: [String: ShopifyVariant] = ShopifyVariant.known
    var restBucket: LeakyBucket
    var graphQLBucket: LeakyBucket
    private var effects: [ProviderEffect<Never>] = []

    init(_ settings: ShopifySettings, idOffset: IDOffset) {
        self.settings = settings
        ids = ShopifyIDs(idOffset)
        (restBucket, graphQLBucket) = Self.buckets(settings)
    }

    /// GraphQL points stand to REST requests as 2,000 to 40.
    private static func buckets(_ settings: ShopifySettings) -> (LeakyBucket, LeakyBucket) {
        (
            LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond),
            LeakyBucket(size: settings.bucketSize * 50, leakPerSecond: settings.leakPerSecond * 50)
        )
    }

    func snapshot() -> JSON {
        let all = orderIDs.compactMap { orders[$0] }
        return [
            "orders": .array(all.map { $0.json() }),
            "fulfillments": .array(all.flatMap { order in order.fulfillments.map { $0.json(order) } }),
            "refunds": .array(all.flatMap { order in order.refunds.map { $0.json(order) } }),
            "disputes": .array(all.flatMap(\.disputes)),
            "draftOrders": .array(draftOrderIDs.compactMap { draftOrders[$0]?.stateJSON() }),
            "storeCredits": .array(storeCredits), "storeCreditAdjustments": .array(storeCreditAdjustments),
            "inventoryLevels": .array(stockLevels), "inventoryAdjustments": .array(stockAdjustments.map { $0.json() }),
        ]
    }

    mutating func reset() {
        orders = [:]
        orderIDs = []
        orderOfFulfillmentOrder = [:]
        orderOfFulfillment = [:]
        orderOfRefund = [:]
        refundOutcome = "success"
        refundOutcomes = [:]
        keyedAnswers = [:]
        stock = [:]
        stockAdjustments = []
        creditAdjustments = [:]
        draftOrders = [:]
        draftTaxRate = 0
        reservationRefusal = nil
        draftOrderIDs = []
        variants = ShopifyVariant.known
        (restBucket, graphQLBucket) = Self.buckets(settings)
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ webhook: OutgoingWebhook) { effects.append(.webhook(webhook)) }
}

extension ShopifySimulator {
    func order(_ id: Int?) throws -> ShopifyOrder {
        guard let id, let order = orders[id] else { throw Refusal.shopifyNotFound }
        return order
    }

    /// Stores a changed order with a new `updated_at`.
    mutating func save(_ order: ShopifyOrder, now: Date) {
        var order = order
        order.updatedAt = now
        orders[order.id] = order
    }
}
