/// An order that waits to be paid or completed: the goods of an exchange, or new ones for faulty ones.
public struct ShopifyDraftOrderRequest: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        /// What is sold: a variant at its own price, or something with words and a price of its own.
        public enum Item: Sendable, Equatable {
            case variant(ShopifyID)
            case custom(title: String, sku: String, price: DecimalText)
        }

        public var item: Item
        public var quantity: Int

        public init(_ item: Item, quantity: Int) {
            self.item = item
            self.quantity = quantity
        }
    }

    /// Our id of the exchange: what keeps the draft from being made twice. No commas; at most 40 characters.
    public var reference: String
    public var email: String?
    public var customerID: ShopifyID?
    public var shippingAddress: ShopifyDraftAddress?
    public var lines: [Line]
    public var discount: ShopifyDraftDiscount?
    public var note: String?

    public init(reference: String, lines: [Line], email: String? = nil) {
        self.reference = reference
        self.lines = lines
        self.email = email
    }
}

/// Where the goods of a draft order go.
public struct ShopifyDraftAddress: Sendable, Equatable, Encodable {
    public var firstName: String?
    public var lastName: String?
    public var company: String?
    public var address1: String?
    public var address2: String?
    public var city: String?
    public var provinceCode: String?
    public var zip: String?
    public var countryCode: String?
    public var phone: String?

    public init() {}

    private enum CodingKeys: String, CodingKey {
        case company, address1, address2, city, zip, phone
        case firstName = "first_name"
        case lastName = "last_name"
        case provinceCode = "province_code"
        case countryCode = "country_code"
    }
}

extension ShopifyDraftOrderRequest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case email, customer, note, tags
        case shippingAddress = "shipping_address"
        case lines = "line_items"
        case discount = "applied_discount"
    }

    private enum LineKeys: String, CodingKey {
        case title, sku, price, quantity
        case variantID = "variant_id"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(email, forKey: .email)
        try container.encodeIfPresent(customerID.map { ["id": $0] }, forKey: .customer)
        try container.encodeIfPresent(note, forKey: .note)
        try container.encode(reference, forKey: .tags)
        try container.encodeIfPresent(shippingAddress, forKey: .shippingAddress)
        try container.encodeIfPresent(discount, forKey: .discount)
        var list = container.nestedUnkeyedContainer(forKey: .lines)
        for line in lines {
            var members = list.nestedContainer(keyedBy: LineKeys.self)
            try members.encode(line.quantity, forKey: .quantity)
            switch line.item {
            case .variant(let id): try members.encode(id, forKey: .variantID)
            case .custom(let title, let sku, let price):
                try members.encode(title, forKey: .title)
                try members.encode(sku, forKey: .sku)
                try members.encode(price.text, forKey: .price)
            }
        }
    }
}
