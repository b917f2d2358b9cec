/// An order in the words of no particular shop or ERP: what every connector maps to and from.
///
/// It holds whatever came, also what is wrong, so that it can be stored, shown and mended; `problems` says what has to
/// be mended before anything is done with it. The JSON form is snake_case.
public struct CanonicalOrder: Codable, Equatable, Sendable {
    /// The number people know it by, e.g. `#1001`.
    public var number: String
    /// The order's id at each provider, by provider name.
    public var externalIDs: [String: String]
    /// The currency code of the shop's books as it came; `OrderProblem` tells when it is none.
    public var currency: String
    /// What the order comes to, as a decimal.
    public var total: String
    /// What the customer pays, where that is in another currency; nil where it is in the shop's.
    public var presentment: Presentment?
    public var customer: Customer
    public var shippingAddress: Address?
    public var lines: [OrderLine]
    /// Shipping charged, as a decimal.
    public var shipping: String
    public var tax: String
    public var discount: String
    public var orderedAt: Timestamp?
    public var updatedAt: Timestamp?
    public var tags: [String]
    /// The discount codes used on it; nil where they are not known.
    public var discountCodes: [String]?

    /// An order's sum in the currency its customer pays in: beside the order's own it tells the rate of the sale.
    public struct Presentment: Codable, Equatable, Sendable {
        public var currency: String
        public var total: String

        public init(currency: String, total: String) {
            self.currency = currency
            self.total = total
        }
    }

    public init(
        number: String, externalIDs: [String: String] = [:], currency: String, total: String,
        customer: Customer = Customer(), shippingAddress: Address? = nil, lines: [OrderLine],
        shipping: String = "0", tax: String = "0", discount: String = "0",
        orderedAt: Timestamp? = nil, updatedAt: Timestamp? = nil, tags: [String] = [],
        discountCodes: [String]? = nil, presentment: Presentment? = nil
    ) {
        self.number = number
        self.externalIDs = externalIDs
        self.currency = currency
        self.total = total
        self.customer = customer
        self.shippingAddress = shippingAddress
        self.lines = lines
        self.shipping = shipping
        self.tax = tax
        self.discount = discount
        self.orderedAt = orderedAt
        self.updatedAt = updatedAt
        self.tags = tags
        self.discountCodes = discountCodes
        self.presentment = presentment
    }
}
