/// An order in the words of no particular shop or ERP: what every connector maps to and from.
///
/// It holds whatever came, also what is wrong, so that it can be stored, shown and mended; `problems` says what has to
/// be mended before anything is done with it. The JSON form is snake_case.
public struct CanonicalOrder: Codable, Equatable, Sendable {
    /// The number people know it by, e.g. `#1001`.
    public var number: String
    /// The order's id at each provider, by provider name.
    public var externalIDs: [String: String]
    /// The currency code as it came; `OrderProblem` tells when it is none.
    public var currency: String
    /// What the customer pays, as a decimal.
    public var total: String
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

    public init(
        number: String, externalIDs: [String: String] = [:], currency: String, total: String,
        customer: Customer = Customer(), shippingAddress: Address? = nil, lines: [OrderLine],
        shipping: String = "0", tax: String = "0", discount: String = "0",
        orderedAt: Timestamp? = nil, updatedAt: Timestamp? = nil, tags: [String] = [],
        discountCodes: [String]? = nil
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
    }
}
