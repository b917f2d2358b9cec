import Commerce

/// Credit that was added to a customer's account beside refunds.
public struct ShopifyStoreCredit: Sendable, Equatable {
    public let amount: DecimalText
    public let createdAt: Timestamp
    /// Tells it from others of the same amount: when it came, and what the account held then.
    ///
    /// WHY: the list of an account's movements gives their ids only type by type.
    public let reference: String
}

/// A movement of an account in the words of GraphQL.
struct ShopifyCreditNode: Decodable {
    /// The fields of `StoreCreditAccountTransaction` to select for one.
    static let selection =
        "amount{amount currencyCode} balanceAfterTransaction{amount currencyCode} createdAt event"

    struct Amount: Decodable {
        let amount: DecimalText
        let currencyCode: String
    }

    let amount: Amount
    let balanceAfterTransaction: Amount
    let createdAt: String
    let event: String?

    /// Nil for a movement of another kind: of a refund, a payment, an expiry.
    var credit: ShopifyStoreCredit? {
        guard event == "ADJUSTMENT" else { return nil }
        return ShopifyStoreCredit(
            amount: amount.amount, createdAt: Timestamp(text: createdAt),
            reference: "\(createdAt)/\(balanceAfterTransaction.amount)")
    }
}
