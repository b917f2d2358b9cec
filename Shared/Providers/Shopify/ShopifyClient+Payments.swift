import Commerce

extension ShopifyClient {
    /// Every movement of an order's money, oldest first.
    public func transactions(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyTransaction] {
        let request = rest("GET", "orders/\(order.pathSegment)/transactions.json")
        return try await send(request, .read, as: TransactionsAnswer.self).transactions
    }
}

private struct TransactionsAnswer: Decodable {
    let transactions: [ShopifyTransaction]
}
