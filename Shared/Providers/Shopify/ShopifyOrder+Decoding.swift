extension ShopifyOrder {
    private enum CodingKeys: String, CodingKey {
        case id, name, email, phone, currency, test, tags, customer, refunds
        case presentmentCurrency = "presentment_currency"
        case contactEmail = "contact_email"
        case customerLocale = "customer_locale"
        case financialStatus = "financial_status"
        case fulfillmentStatus = "fulfillment_status"
        case cancelledAt = "cancelled_at"
        case createdAt = "created_at"
        case processedAt = "processed_at"
        case updatedAt = "updated_at"
        case taxesIncluded = "taxes_included"
        case total = "total_price"
        case totalSet = "total_price_set"
        case tax = "total_tax"
        case taxSet = "total_tax_set"
        case discount = "total_discounts"
        case discountSet = "total_discounts_set"
        case shippingSet = "total_shipping_price_set"
        case noteAttributes = "note_attributes"
        case discountCodes = "discount_codes"
        case discounts = "discount_applications"
        case shippingAddress = "shipping_address"
        case lines = "line_items"
        case shippingLines = "shipping_lines"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ShopifyID.self, forKey: .id)
        name = try container.nonEmptyText(.name)
        email = try container.nonEmptyText(.email) ?? container.nonEmptyText(.contactEmail)
        phone = try container.nonEmptyText(.phone)
        currency = try container.nonEmptyText(.currency) ?? Self.currency(of: container)
        financialStatus = try container.nonEmptyText(.financialStatus)
        fulfillmentStatus = try container.nonEmptyText(.fulfillmentStatus)
        cancelledAt = try container.nonEmptyText(.cancelledAt)
        createdAt = try container.nonEmptyText(.createdAt)
        processedAt = try container.nonEmptyText(.processedAt)
        updatedAt = try container.nonEmptyText(.updatedAt)
        isTest = try container.flag(.test) ?? false
        taxesIncluded = try container.flag(.taxesIncluded) ?? false
        total = try container.shopAmount(.total, set: .totalSet)
        tax = try container.shopAmount(.tax, set: .taxSet)
        let shippingLines: [ShopifyShippingLine] = try container.list(.shippingLines)
        shipping = try shippingLines.charged ?? Self.shipping(of: container)
        presentment = try Self.presentment(of: container, besides: currency, shippingLines)
        tags = ShopifyTags.split(try container.text(.tags) ?? "")
        noteAttributes = try container.list(.noteAttributes)
        customer = try container.decodeIfPresent(ShopifyCustomer.self, forKey: .customer)
        // WHY: an order is not given up on for the language of its mails, whatever shape that has.
        customerLocale = try? container.decodeIfPresent(String.self, forKey: .customerLocale)
        shippingAddress = try container.decodeIfPresent(ShopifyAddress.self, forKey: .shippingAddress)
        lines = try container.list(.lines)
        // WHY: the total has the discounts of shipping in it, and they are off its price already.
        discount =
            try shippingLines.areDiscounted
            ? DecimalText.sum(lines.map(\.discount)) : container.shopAmount(.discount, set: .discountSet)
        discountCodes = try container.decodeIfPresent([ShopifyDiscount].self, forKey: .discountCodes)
        discounts = try container.decodeIfPresent([ShopifyDiscount].self, forKey: .discounts)
        refunds = try container.list(.refunds)
    }

    private static func currency(of container: KeyedDecodingContainer<CodingKeys>) throws -> String? {
        try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .totalSet)?.shopMoney?.currencyCode
    }

    private static func presentment(
        of container: KeyedDecodingContainer<CodingKeys>, besides currency: String?,
        _ shippingLines: [ShopifyShippingLine]
    ) throws -> Presentment? {
        guard let foreign = try container.nonEmptyText(.presentmentCurrency), foreign != currency else { return nil }
        var shipping = shippingLines.presentmentCharged
        // WHY: the total is before discounts. It is right where there are none.
        if shipping == nil, !shippingLines.areDiscounted {
            shipping = try container.presentmentAmount(set: .shippingSet)
        }
        return Presentment(
            currency: foreign, total: try container.presentmentAmount(set: .totalSet),
            tax: try container.presentmentAmount(set: .taxSet), shipping: shipping)
    }

    /// The total, which is before discounts: all there is where no line of shipping tells.
    private static func shipping(of container: KeyedDecodingContainer<CodingKeys>) throws -> DecimalText? {
        try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .shippingSet)?.shopMoney?.amount
    }
}

extension [ShopifyShippingLine] {
    fileprivate var areDiscounted: Bool { contains { $0.charged != $0.price } }

    /// Nil where there is none, or one does not tell.
    fileprivate var charged: DecimalText? { sum(map(\.charged)) }

    /// In the customer's currency; nil where there is none, or one does not tell.
    fileprivate var presentmentCharged: DecimalText? { sum(map(\.presentmentCharged)) }

    private func sum(_ amounts: [DecimalText?]) -> DecimalText? {
        let told = amounts.compactMap(\.self)
        return told.isEmpty || told.count < amounts.count ? nil : DecimalText.sum(told)
    }
}
