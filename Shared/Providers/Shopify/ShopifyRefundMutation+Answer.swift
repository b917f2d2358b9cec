extension ShopifyRefundMutation {
    struct Answer: Decodable {
        let refundCreate: Payload?
    }

    struct Payload: Decodable {
        let refund: Refund?
        let userErrors: [ShopifyUserError]
    }

    /// A refund in the words of GraphQL.
    struct Refund: Decodable {
        fileprivate struct Nodes: Decodable {
            let nodes: [ShopifyTransactionNode]
        }

        fileprivate let id: String
        fileprivate let note: String?
        fileprivate let transactions: Nodes

        /// The same in the words of REST.
        var refund: ShopifyRefund {
            ShopifyRefund(id: ShopifyID(gid: id), note: note, transactions: transactions.nodes.map(\.transaction))
        }
    }
}
