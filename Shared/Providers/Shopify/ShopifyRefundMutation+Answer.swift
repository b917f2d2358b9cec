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
            let nodes: [Transaction]
        }

        fileprivate struct Transaction: Decodable {
            let id: String
            let kind: String
            let status: String
            let gateway: String?
            let amountSet: AmountSet
            let parentTransaction: Parent?
        }

        fileprivate struct Parent: Decodable {
            let id: String
        }

        fileprivate struct AmountSet: Decodable {
            struct Amount: Decodable {
                let amount: DecimalText
                let currencyCode: String?
            }

            let shopMoney: Amount
        }

        fileprivate let id: String
        fileprivate let note: String?
        fileprivate let transactions: Nodes

        /// The same in the words of REST.
        var refund: ShopifyRefund {
            ShopifyRefund(
                id: ShopifyID(gid: id), note: note,
                transactions: transactions.nodes.map { transaction in
                    ShopifyTransaction(
                        id: ShopifyID(gid: transaction.id), kind: transaction.kind.lowercased(),
                        status: transaction.status.lowercased(), gateway: transaction.gateway,
                        amount: transaction.amountSet.shopMoney.amount,
                        currency: transaction.amountSet.shopMoney.currencyCode,
                        parentID: transaction.parentTransaction.map { ShopifyID(gid: $0.id) })
                })
        }
    }
}
