extension CanonicalOrder {
    enum CodingKeys: String, CodingKey {
        case number, currency, total, presentment, customer, lines, shipping, tax, discount, tags
        case externalIDs = "external_ids"
        case discountCodes = "discount_codes"
        case shippingAddress = "shipping_address"
        case orderedAt = "ordered_at"
        case updatedAt = "updated_at"
    }

    /// Reads an order with fields missing (they stay empty) and amounts given as numbers (they become decimals).
    ///
    /// Failure: `DecodingError` when a field has another shape altogether, for example lines that are not a list.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            number: try container.lenientText(.number) ?? "",
            externalIDs: try container.lenientTexts(.externalIDs),
            currency: try container.lenientText(.currency) ?? "",
            total: try container.lenientText(.total) ?? "",
            customer: try container.decodeIfPresent(Customer.self, forKey: .customer) ?? Customer(),
            shippingAddress: try container.decodeIfPresent(Address.self, forKey: .shippingAddress),
            lines: try container.decodeIfPresent([OrderLine].self, forKey: .lines) ?? [],
            shipping: try container.lenientText(.shipping) ?? "0",
            tax: try container.lenientText(.tax) ?? "0",
            discount: try container.lenientText(.discount) ?? "0",
            orderedAt: try container.lenientText(.orderedAt).map(Timestamp.init(text:)),
            updatedAt: try container.lenientText(.updatedAt).map(Timestamp.init(text:)),
            tags: try container.decodeIfPresent([String].self, forKey: .tags) ?? [],
            discountCodes: try container.decodeIfPresent([String].self, forKey: .discountCodes),
            presentment: try container.decodeIfPresent(Presentment.self, forKey: .presentment))
    }
}
