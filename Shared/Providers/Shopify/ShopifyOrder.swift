/// The fields of an order that the platform reads. Missing ones are nil, unknown ones are passed over.
public struct ShopifyOrder: Sendable, Decodable {
    public let id: ShopifyID
    public let name: String?
    public let email: String?
    public let phone: String?
    /// The shop's currency, in which every amount here is given but those of `presentment`.
    public let currency: String?
    /// What the customer paid, where that was in another currency; nil where it was in the shop's.
    public let presentment: Presentment?
    /// `paid`, `pending`, `refunded`, …
    public let financialStatus: String?
    /// Nil means unfulfilled; otherwise `partial`, `fulfilled`, `restocked`.
    public let fulfillmentStatus: String?
    public let cancelledAt: String?
    public let createdAt: String?
    public let processedAt: String?
    public let updatedAt: String?
    public let isTest: Bool
    public let taxesIncluded: Bool
    public let total: DecimalText?
    public let tax: DecimalText?
    /// Of the goods.
    public let discount: DecimalText?
    /// What the customer was charged, less its discounts; with tax where prices include it.
    public let shipping: DecimalText?
    public let tags: [String]
    public let noteAttributes: [ShopifyNoteAttribute]
    public let customer: ShopifyCustomer?
    /// The language of whoever ordered, as the shop writes it: `fr`, `fr-FR`. Source: the public reference of the order
    /// (REST `customer_locale`, read-only) and Shopify's change of 2021-10, by which the region may follow.
    public let customerLocale: String?
    public let shippingAddress: ShopifyAddress?
    public let lines: [ShopifyLineItem]
    /// Nil where the order does not tell.
    public let discountCodes: [ShopifyDiscount]?
    /// What discounted the order; allocations of lines point into it by position.
    public let discounts: [ShopifyDiscount]?
    public let refunds: [ShopifyRefund]

    /// Whether money came in and is still there.
    public var isPaid: Bool { financialStatus == "paid" || financialStatus == "partially_refunded" }
    public var isCancelled: Bool { cancelledAt != nil }
    /// Whether any of its units were removed since, as far as the shop tells.
    public var hasRemovedUnits: Bool { lines.contains { ($0.removed ?? 0) > 0 } }

    /// An order's sums in the currency that its customer paid in.
    public struct Presentment: Sendable {
        public let currency: String
        public let total, tax, shipping: DecimalText?
    }

    /// What it comes to in one of its two currencies; nil for another.
    public func total(in currency: String) -> DecimalText? {
        if currency == self.currency { return total }
        return currency == presentment?.currency ? presentment?.total : nil
    }

    /// Reads the bare order, as webhooks bring it.
    ///
    /// Failure: `ShopifyPayloadError` that names the field which has another shape altogether.
    public init(json: [UInt8]) throws(ShopifyPayloadError) {
        do {
            self = try ProviderJSON.decode(ShopifyOrder.self, from: json)
        } catch {
            throw ShopifyPayloadError(error)
        }
    }
}
