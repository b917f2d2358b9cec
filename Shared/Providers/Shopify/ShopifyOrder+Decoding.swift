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
        presentment = try Self.presentment(of: container, besides: currency)
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
        discount = try container.shopAmount(.discount, set: .discountSet)
        shipping = try Self.shipping(of: container)
        tags = ShopifyTags.split(try container.text(.tags) ?? "")
        noteAttributes = try container.list(.noteAttributes)
        customer = try container.decodeIfPresent(ShopifyCustomer.self, forKey: .customer)
        // WHY: an order is not given up on for the language of its mails, whatever shape that has.
        customerLocale = try? container.decodeIfPresent(String.self, forKey: .customerLocale)
        shippingAddress = try container.decodeIfPresent(ShopifyAddress.self, forKey: .shippingAddress)
        lines = try container.list(.lines)
        discountCodes = try container.decodeIfPresent([ShopifyDiscount].self, forKey: .discountCodes)
        discounts = try container.decodeIfPresent([ShopifyDiscount].self, forKey: .discounts)
        refunds = try container.list(.refunds)
    }

    private static func currency(of container: KeyedDecodingContainer<CodingKeys>) throws -> String? {
        try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .totalSet)?.shopMoney?.currencyCode
    }

    private static func presentment(
        of container: KeyedDecodingContainer<CodingKeys>, besides currency: String?
    ) throws -> Presentment? {
        guard let foreign = try container.nonEmptyText(.presentmentCurrency), foreign != currency else { return nil }
        var shipping = try container.presentmentAmount(set: .shippingSet)
        if shipping == nil {
            let lines: [ShopifyShippingLine] = try container.list(.shippingLines)
            shipping = DecimalText.sum(lines.compactMap(\.presentmentPrice))
        }
        return Presentment(
            currency: foreign, total: try container.presentmentAmount(set: .totalSet),
            tax: try container.presentmentAmount(set: .taxSet), shipping: shipping)
    }

    private static func shipping(of container: KeyedDecodingContainer<CodingKeys>) throws -> DecimalText? {
        let total = try container.decodeIfPresent(ShopifyMoneySet.self, forKey: .shippingSet)
        if let amount = total?.shopMoney?.amount { return amount }
        let lines: [ShopifyShippingLine] = try container.list(.shippingLines)
        return DecimalText.sum(lines.compactMap(\.price))
    }
}
