/// Who ordered.
public struct ShopifyCustomer: Sendable, Decodable {
    public let id: ShopifyID?
    public let email: String?
    public let firstName: String?
    public let lastName: String?
    public let phone: String?
    public let tags: ShopifyTags?

    private enum CodingKeys: String, CodingKey {
        case id, email, phone, tags
        case firstName = "first_name"
        case lastName = "last_name"
    }
}

public struct ShopifyAddress: Sendable, Decodable {
    public let name: String?
    public let firstName: String?
    public let lastName: String?
    public let company: String?
    public let address1: String?
    public let address2: String?
    public let city: String?
    public let province: String?
    public let provinceCode: String?
    public let zip: String?
    public let countryCode: String?
    public let country: String?
    public let phone: String?

    private enum CodingKeys: String, CodingKey {
        case name, company, address1, address2, city, province, zip, country, phone
        case firstName = "first_name"
        case lastName = "last_name"
        case provinceCode = "province_code"
        case countryCode = "country_code"
    }
}

/// Units that were taken back, money that was given back, or both.
public struct ShopifyRefund: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        public let lineItemID: ShopifyID
        public let quantity: Int
        /// `cancel` for units that had not been fulfilled.
        public let restockType: String?
        /// What the units came to; with tax where prices include it.
        public let subtotal: DecimalText?
        public let tax: DecimalText?
        /// The same in the customer's currency; nil where that is not told.
        public let presentmentSubtotal, presentmentTax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case quantity, subtotal
            case lineItemID = "line_item_id"
            case restockType = "restock_type"
            case subtotalSet = "subtotal_set"
            case tax = "total_tax"
            case taxSet = "total_tax_set"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            lineItemID = try container.decode(ShopifyID.self, forKey: .lineItemID)
            quantity = try container.decode(Int.self, forKey: .quantity)
            restockType = try container.decodeIfPresent(String.self, forKey: .restockType)
            subtotal = try container.decodeIfPresent(DecimalText.self, forKey: .subtotal)
            tax = try container.decodeIfPresent(DecimalText.self, forKey: .tax)
            presentmentSubtotal = try container.presentmentAmount(set: .subtotalSet)
            presentmentTax = try container.presentmentAmount(set: .taxSet)
        }
    }

    /// What was given back beyond the lines: `shipping_refund`, `refund_discrepancy`. Negative.
    public struct Adjustment: Sendable, Decodable {
        public let kind: String?
        /// Without the tax.
        public let amount: DecimalText?
        public let tax: DecimalText?
        /// The same in the customer's currency; nil where that is not told.
        public let presentmentAmount, presentmentTax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case kind, amount
            case amountSet = "amount_set"
            case tax = "tax_amount"
            case taxSet = "tax_amount_set"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kind = try container.decodeIfPresent(String.self, forKey: .kind)
            amount = try container.decodeIfPresent(DecimalText.self, forKey: .amount)
            tax = try container.decodeIfPresent(DecimalText.self, forKey: .tax)
            presentmentAmount = try container.presentmentAmount(set: .amountSet)
            presentmentTax = try container.presentmentAmount(set: .taxSet)
        }
    }

    /// Shipping that was given back, as versions from 2024-10 on tell of it.
    public struct ShippingLine: Sendable, Decodable {
        /// With tax where prices include it.
        public let subtotal: DecimalText?
        /// Nil where the shop does not tell.
        public let tax: DecimalText?
        /// The same in the customer's currency; nil where that is not told.
        public let presentmentSubtotal, presentmentTax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case subtotalSet = "subtotal_amount_set"
            case taxSet = "tax_amount_set"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            subtotal = try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .subtotalSet)?.shopMoney?.amount
            tax = try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .taxSet)?.shopMoney?.amount
            presentmentSubtotal = try container.presentmentAmount(set: .subtotalSet)
            presentmentTax = try container.presentmentAmount(set: .taxSet)
        }
    }

    public let id: ShopifyID?
    public let note: String?
    public let lines: [Line]?
    public let shippingLines: [ShippingLine]?
    public let adjustments: [Adjustment]?
    public let transactions: [ShopifyTransaction]?

    init(id: ShopifyID, note: String?, transactions: [ShopifyTransaction]) {
        self.id = id
        self.note = note
        lines = nil
        shippingLines = nil
        adjustments = nil
        self.transactions = transactions
    }

    private enum CodingKeys: String, CodingKey {
        case id, note, transactions
        case lines = "refund_line_items"
        case shippingLines = "refund_shipping_lines"
        case adjustments = "order_adjustments"
    }
}

struct ShopifyShippingLine: Decodable {
    let price: DecimalText?
    /// The price less what discounts took off it: what the customer was charged.
    let charged: DecimalText?
    /// The same in the customer's currency; nil where that is not told.
    let presentmentCharged: DecimalText?

    private enum CodingKeys: String, CodingKey {
        case price
        case priceSet = "price_set"
        case discountedPrice = "discounted_price"
        case discountedPriceSet = "discounted_price_set"
        case discountAllocations = "discount_allocations"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let full = try container.shopAmount(.price, set: .priceSet)
        let presentmentFull = try container.presentmentAmount(set: .priceSet)
        price = full
        let allocations: [ShopifyDiscountAllocation] = try container.list(.discountAllocations)
        // WHY: `discounted_price` leaves out discounts on the order, a free-shipping code among them; the allocations
        // have both.
        guard allocations.isEmpty else {
            let taken = allocations.compactMap(\.presentment)
            charged = full?.less(allocations.compactMap(\.amount))
            presentmentCharged = taken.count < allocations.count ? nil : presentmentFull?.less(taken)
            return
        }
        let discounted = try container.shopAmount(.discountedPrice, set: .discountedPriceSet) ?? full
        charged = discounted
        presentmentCharged =
            try container.presentmentAmount(set: .discountedPriceSet) ?? (discounted == full ? presentmentFull : nil)
    }
}
