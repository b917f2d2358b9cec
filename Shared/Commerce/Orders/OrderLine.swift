/// One line of an order: a quantity of one SKU.
public struct OrderLine: Equatable, Sendable {
    /// The line's id at the shop, or any id that is unique within the order.
    public var id: String
    public var sku: String
    public var title: String
    /// Units ordered; zero while `unreadableQuantity` holds what came instead of a whole number.
    public var quantity: Int {
        didSet { unreadableQuantity = nil }
    }
    /// What came as quantity when it was no whole number; setting the quantity clears it.
    public private(set) var unreadableQuantity: String?
    /// The price of one unit, as a decimal of up to eight digits.
    public var unitPrice: String
    /// The discount on the whole line, as a decimal.
    public var discount: String
    /// The tax on the whole line, as a decimal.
    public var tax: String
    /// What the shop's order tells of the product; nil where it tells nothing.
    public var product: OrderedProduct?
    /// The codes that discounted the line; nil where only the order's are known.
    public var discountCodes: [String]?

    public init(
        id: String, sku: String, title: String = "", quantity: Int, unitPrice: String,
        discount: String = "0", tax: String = "0", product: OrderedProduct? = nil, discountCodes: [String]? = nil
    ) {
        self.id = id
        self.sku = sku
        self.title = title
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.tax = tax
        self.product = product
        self.discountCodes = discountCodes
    }
}

/// A product as its shop names it.
public struct OrderedProduct: Codable, Equatable, Sendable {
    /// At the shop; nil for what is no product of it.
    public var id: String?
    public var vendor: String?
    public var isGiftCard: Bool?
    /// Of one unit; nil where nobody has weighed it.
    public var weightGrams: Int?

    public init(id: String? = nil, vendor: String? = nil, isGiftCard: Bool? = nil, weightGrams: Int? = nil) {
        self.id = id
        self.vendor = vendor
        self.isGiftCard = isGiftCard
        self.weightGrams = weightGrams
    }

    enum CodingKeys: String, CodingKey {
        case id, vendor
        case isGiftCard = "is_gift_card"
        case weightGrams = "weight_grams"
    }
}

extension OrderLine: Codable {
    enum CodingKeys: String, CodingKey {
        case id, sku, title, quantity, discount, tax, product
        case discountCodes = "discount_codes"
        case unitPrice = "unit_price"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let quantity = try container.lenientText(.quantity) ?? ""
        self.init(
            id: try container.lenientText(.id) ?? "",
            sku: try container.lenientText(.sku) ?? "",
            title: try container.lenientText(.title) ?? "",
            quantity: Int(quantity) ?? 0,
            unitPrice: try container.lenientText(.unitPrice) ?? "",
            discount: try container.lenientText(.discount) ?? "0",
            tax: try container.lenientText(.tax) ?? "0",
            product: try container.decodeIfPresent(OrderedProduct.self, forKey: .product),
            discountCodes: try container.decodeIfPresent([String].self, forKey: .discountCodes))
        unreadableQuantity = Int(quantity) == nil ? quantity : nil
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(sku, forKey: .sku)
        try container.encode(title, forKey: .title)
        if let unreadableQuantity {
            try container.encode(unreadableQuantity, forKey: .quantity)
        } else {
            try container.encode(quantity, forKey: .quantity)
        }
        try container.encode(unitPrice, forKey: .unitPrice)
        try container.encode(discount, forKey: .discount)
        try container.encode(tax, forKey: .tax)
        try container.encodeIfPresent(product, forKey: .product)
        try container.encodeIfPresent(discountCodes, forKey: .discountCodes)
    }
}
