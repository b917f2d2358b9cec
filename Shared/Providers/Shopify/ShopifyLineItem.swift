/// One line of an order.
public struct ShopifyLineItem: Sendable, Decodable {
    public let id: ShopifyID
    public let sku: String?
    public let title: String?
    /// Units ordered; nil when the shop sent no whole number.
    public let quantity: Int?
    /// Those of them that no refund and no edit of the order has removed since; nil before version 2024-01. Source: the
    /// public changelog of the REST API, 2023-12-05.
    public let currentQuantity: Int?
    public let price: DecimalText?
    /// On the whole line.
    public let discount: DecimalText
    /// On the whole line.
    public let tax: DecimalText
    /// The same in the currency the customer paid in; nil where one of them is not told.
    public let presentment: Presentment?
    public let productID: ShopifyID?
    public let vendor: String?
    public let isGiftCard: Bool?
    /// What one unit weighs; nil where the shop says nothing, or zero.
    public let weightGrams: Int?
    /// Positions of what discounted the line among the order's discounts.
    public let discountPositions: [Int]

    // LIMIT: a tonne; what weighs more is a slip, and no parcel.
    private static let weightMax = 1_000_000

    public struct Presentment: Sendable, Equatable {
        public let price, discount, tax: DecimalText
    }

    /// Units that were removed since, by refunds and edits of the order; nil where the shop does not tell.
    public var removed: Int? {
        guard let quantity, let currentQuantity else { return nil }
        return max(0, quantity - currentQuantity)
    }

    private enum CodingKeys: String, CodingKey {
        case id, sku, title, name, quantity, price, vendor
        case weightGrams = "grams"
        case productID = "product_id"
        case isGiftCard = "gift_card"
        case currentQuantity = "current_quantity"
        case priceSet = "price_set"
        case totalDiscount = "total_discount"
        case totalDiscountSet = "total_discount_set"
        case discountAllocations = "discount_allocations"
        case taxLines = "tax_lines"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ShopifyID.self, forKey: .id)
        sku = try container.nonEmptyText(.sku)
        title = try container.nonEmptyText(.name) ?? container.nonEmptyText(.title)
        quantity = try container.decodeIfPresent(DecimalText.self, forKey: .quantity)?.wholeNumber
        currentQuantity = try container.decodeIfPresent(DecimalText.self, forKey: .currentQuantity)?.wholeNumber
        price = try container.shopAmount(.price, set: .priceSet)
        let allocations: [ShopifyDiscountAllocation] = try container.list(.discountAllocations)
        // WHY: `total_discount` leaves out the line's share of discounts on the order; the allocations have both.
        discount =
            try allocations.isEmpty
            ? container.shopAmount(.totalDiscount, set: .totalDiscountSet) ?? "0"
            : DecimalText.sum(allocations.compactMap(\.amount)) ?? "0"
        productID = try container.decodeIfPresent(ShopifyID.self, forKey: .productID)
        vendor = try container.nonEmptyText(.vendor)
        isGiftCard = try container.flag(.isGiftCard)
        weightGrams = try container.decodeIfPresent(DecimalText.self, forKey: .weightGrams)?.wholeNumber
            .flatMap { (1...Self.weightMax).contains($0) ? $0 : nil }
        discountPositions = allocations.compactMap(\.position)
        let taxes: [TaxLine] = try container.list(.taxLines)
        tax = DecimalText.sum(taxes.compactMap(\.price)) ?? "0"
        presentment = try Self.presentment(of: container, allocations, taxes)
    }

    private static func presentment(
        of container: KeyedDecodingContainer<CodingKeys>, _ allocations: [ShopifyDiscountAllocation],
        _ taxes: [TaxLine]
    ) throws -> Presentment? {
        let (discounts, taxAmounts) = (allocations.compactMap(\.presentment), taxes.compactMap(\.presentment))
        guard let price = try container.presentmentAmount(set: .priceSet), discounts.count == allocations.count,
            taxAmounts.count == taxes.count
        else { return nil }
        let discount =
            try allocations.isEmpty
            ? container.presentmentAmount(set: .totalDiscountSet) ?? "0" : DecimalText.sum(discounts) ?? "0"
        return Presentment(price: price, discount: discount, tax: DecimalText.sum(taxAmounts) ?? "0")
    }
}

/// What one discount took off a line, of goods or of shipping.
struct ShopifyDiscountAllocation: Decodable {
    let amount: DecimalText?
    let presentment: DecimalText?
    let position: Int?

    private enum CodingKeys: String, CodingKey {
        case amount
        case amountSet = "amount_set"
        case position = "discount_application_index"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        amount = try container.shopAmount(.amount, set: .amountSet)
        presentment = try container.presentmentAmount(set: .amountSet)
        position = try container.decodeIfPresent(DecimalText.self, forKey: .position)?.wholeNumber
    }
}

private struct TaxLine: Decodable {
    let price: DecimalText?
    let presentment: DecimalText?

    private enum CodingKeys: String, CodingKey {
        case price
        case priceSet = "price_set"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        price = try container.shopAmount(.price, set: .priceSet)
        presentment = try container.presentmentAmount(set: .priceSet)
    }
}
