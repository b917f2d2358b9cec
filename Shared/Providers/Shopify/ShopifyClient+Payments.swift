import Commerce

extension ShopifyClient {
    /// Every movement of an order's money, oldest first. Failure: `refused("not_found")` when there is no such order.
    ///
    /// Not in the pages of the contract the other calls are written from; the fields are those of the shop's reference
    /// of `Order.transactions`. Its REST sibling takes from the few calls a second that write fulfilments.
    public func transactions(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyTransaction] {
        let query = "query($id:ID!){order(id:$id){transactions(first:250){\(ShopifyTransactionNode.selection)}}}"
        let variables: JSONValue = ["id": .string(order.gid("Order"))]
        let answer = try await graphQL(query, variables: variables, .read, cost: 10, as: Answer.self)
        guard let found = answer.order else {
            throw .refused(code: "not_found", message: "The shop has no order \(order).")
        }
        return found.transactions.map(\.transaction)
    }
}

private struct Answer: Decodable {
    struct Order: Decodable {
        let transactions: [ShopifyTransactionNode]
    }

    let order: Order?
}
