/// An amount beside its `*_set` twin, which states it in the shop's currency and in the one the customer paid in.
struct ShopifyMoneySet: Decodable {
    struct Amount: Decodable {
        let amount: DecimalText?
        let currencyCode: String?

        private enum CodingKeys: String, CodingKey {
            case amount
            case currencyCode = "currency_code"
        }
    }

    let shopMoney: Amount?
    let presentmentMoney: Amount?

    private enum CodingKeys: String, CodingKey {
        case shopMoney = "shop_money"
        case presentmentMoney = "presentment_money"
    }
}

extension KeyedDecodingContainer {
    /// The amount in the shop's currency: of the set where there is one, otherwise the plain field.
    func shopAmount(_ plain: Key, set: Key) throws -> DecimalText? {
        let money = try decodeIfPresent(ShopifyMoneySet.self, forKey: set)
        return try money?.shopMoney?.amount ?? decodeIfPresent(DecimalText.self, forKey: plain)
    }

    /// The amount in the customer's currency; nil where the set does not tell it.
    func presentmentAmount(set: Key) throws -> DecimalText? {
        try decodeIfPresent(ShopifyMoneySet.self, forKey: set)?.presentmentMoney?.amount
    }
}
