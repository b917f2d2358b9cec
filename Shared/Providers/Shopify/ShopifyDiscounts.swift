/// A discount of an order: a code that was used, or an application, which may be by hand or by a script and then has
/// none.
public struct ShopifyDiscount: Sendable, Decodable {
    public let code: String?

    private enum CodingKeys: String, CodingKey {
        case code
    }

    public init(from decoder: any Decoder) throws {
        code = try decoder.container(keyedBy: CodingKeys.self).nonEmptyText(.code)
    }
}

extension ShopifyOrder {
    /// The codes that discounted a line; nil where the order does not tell what its discounts are.
    func discountCodes(of line: ShopifyLineItem) -> [String]? {
        discounts.map { discounts in
            line.discountPositions.filter(discounts.indices.contains).compactMap { discounts[$0].code }
        }
    }
}
