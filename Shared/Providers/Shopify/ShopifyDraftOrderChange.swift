/// What is taken off a draft order as a whole, before tax where its prices do not include that.
public enum ShopifyDraftDiscount: Sendable, Equatable {
    case amount(DecimalText, title: String)
    /// Nothing is left to pay.
    case everything(title: String)
}

extension ShopifyDraftDiscount: Encodable {
    private enum CodingKeys: String, CodingKey {
        case title, amount, value
        case type = "value_type"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .amount(let amount, let title):
            try container.encode(title, forKey: .title)
            try container.encode("fixed_amount", forKey: .type)
            try container.encode(amount.text, forKey: .value)
            try container.encode(amount.text, forKey: .amount)
        case .everything(let title):
            // The shop reckons the amount.
            try container.encode(title, forKey: .title)
            try container.encode("percentage", forKey: .type)
            try container.encode("100.0", forKey: .value)
        }
    }
}

/// A new discount for a draft order that is still open, with notes for whoever reads it again.
public struct ShopifyDraftOrderChange: Sendable, Equatable {
    /// Nil leaves it as it is.
    public var discount: ShopifyDraftDiscount?
    /// By name; instead of all that were noted before.
    public var attributes: [String: String]

    public init(discount: ShopifyDraftDiscount?, attributes: [String: String] = [:]) {
        self.discount = discount
        self.attributes = attributes
    }
}

extension ShopifyDraftOrderChange: Encodable {
    private enum CodingKeys: String, CodingKey {
        case discount = "applied_discount"
        case attributes = "note_attributes"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(discount, forKey: .discount)
        let notes = attributes.sorted { $0.key < $1.key }.map { ["name": $0.key, "value": $0.value] }
        try container.encode(notes, forKey: .attributes)
    }
}
