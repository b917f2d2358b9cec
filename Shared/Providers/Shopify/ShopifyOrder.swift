/// The fields of an order that the platform reads. Missing ones are nil, unknown ones are passed over.
public struct ShopifyOrder: Sendable, Decodable {
    public let id: ShopifyID
    public let name: String?
    public let email: String?
    public let phone: String?
    /// The shop's currency, in which every amount here is given.
    public let currency: String?
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
