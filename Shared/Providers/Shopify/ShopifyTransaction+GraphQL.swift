import Commerce

/// A movement of money in the words of GraphQL: capitals, global ids, an amount for each currency.
struct ShopifyTransactionNode: Decodable {
    /// The fields of `OrderTransaction` to select for one.
    static let selection =
        "id kind status gateway authorizationCode amountSet{shopMoney{amount currencyCode} "
        + "presentmentMoney{amount currencyCode}} parentTransaction{id}"

    private struct Parent: Decodable {
        let id: String
    }

    private struct AmountSet: Decodable {
        struct Amount: Decodable {
            let amount: DecimalText
            let currencyCode: String?
        }

        let shopMoney: Amount
        let presentmentMoney: Amount
    }

    private let id: String
    private let kind: String
    private let status: String
    private let gateway: String?
    private let authorizationCode: String?
    private let amountSet: AmountSet
    private let parentTransaction: Parent?

    /// The same in the words of REST, whose amounts are in the customer's currency.
    var transaction: ShopifyTransaction {
        ShopifyTransaction(
            id: ShopifyID(gid: id), kind: kind.lowercased(), status: status.lowercased(), gateway: gateway,
            authorization: authorizationCode, amount: amountSet.presentmentMoney.amount,
            currency: amountSet.presentmentMoney.currencyCode,
            shopAmount: amountSet.shopMoney.amount, shopCurrency: amountSet.shopMoney.currencyCode,
            parentID: parentTransaction.map { ShopifyID(gid: $0.id) })
    }
}
