import Commerce

/// Not in the pages of the contract the other calls are written from; the fields are those of the shop's reference of
/// `storeCreditAccountCredit` and `StoreCreditAccount.transactions`.
extension ShopifyClient {
    // LIMIT: what the shop charges for one mutation, and for an account with its newest movements.
    private static let creditCost = 10.0
    private static let creditsCost = 100.0

    /// Adds credit to a customer's account, which is opened where there is none; the shop tells the customer nothing.
    ///
    /// *Not guaranteed*: the shop takes no key and keeps no note. After `unknownOutcome` it may be called again only
    /// when the settle time has passed and ``storeCredits(of:currency:)`` does not show it.
    ///
    /// Failure: `refused` in the shop's words, and for versions that do not tell refunds from other credit.
    public func addStoreCredit(
        _ amount: DecimalText, currency: String, to customer: ShopifyID
    ) async throws(ProviderFailure) -> ShopifyStoreCredit {
        try checkCredits()
        let query =
            "mutation($id:ID!,$creditInput:StoreCreditAccountCreditInput!)"
            + "{storeCreditAccountCredit(id:$id,creditInput:$creditInput)"
            + "{storeCreditAccountTransaction{\(ShopifyCreditNode.selection)} userErrors{code field message}}}"
        let money: JSONValue = ["amount": .string(amount.text), "currencyCode": .string(currency)]
        let variables: JSONValue = [
            "id": .string(customer.gid("Customer")), "creditInput": ["creditAmount": money],
        ]
        let data = try await graphQL(
            query, variables: variables, .write, cost: Self.creditCost, as: CreditAnswer.self)
        if let error = data.storeCreditAccountCredit?.userErrors.first {
            throw .refused(code: error.code?.lowercased() ?? "user_error", message: error.message)
        }
        guard let credit = data.storeCreditAccountCredit?.storeCreditAccountTransaction?.credit else {
            throw .malformedAnswer(.write)
        }
        return credit
    }

    /// The newest credits of a customer's account beside refunds, newest first; none where there is no account.
    public func storeCredits(
        of customer: ShopifyID, currency: String
    ) async throws(ProviderFailure) -> [ShopifyStoreCredit] {
        try checkCredits()
        let query =
            "query($id:ID!){customer(id:$id){storeCreditAccounts(first:20){nodes{balance{amount currencyCode} "
            + "transactions(first:100,reverse:true){nodes{\(ShopifyCreditNode.selection)}}}}}}"
        let variables: JSONValue = ["id": .string(customer.gid("Customer"))]
        let data = try await graphQL(
            query, variables: variables, .read, cost: Self.creditsCost, as: AccountsAnswer.self)
        let accounts = data.customer?.storeCreditAccounts.nodes ?? []
        return accounts.filter { $0.balance.currencyCode == currency }.flatMap { $0.transactions.nodes }
            .compactMap(\.credit)
    }

    private func checkCredits() throws(ProviderFailure) {
        guard settings.graphQLFeatures.contains(.storeCreditRefunds) else {
            throw .refused(
                code: "unsupported_version", message: "Store credit needs GraphQL version 2025-07 or later.")
        }
    }
}

private struct CreditAnswer: Decodable {
    struct Payload: Decodable {
        let storeCreditAccountTransaction: ShopifyCreditNode?
        let userErrors: [ShopifyUserError]
    }

    let storeCreditAccountCredit: Payload?
}

private struct AccountsAnswer: Decodable {
    struct Nodes<Node: Decodable>: Decodable {
        let nodes: [Node]
    }

    struct Account: Decodable {
        let balance: ShopifyCreditNode.Amount
        let transactions: Nodes<ShopifyCreditNode>
    }

    struct Customer: Decodable {
        let storeCreditAccounts: Nodes<Account>
    }

    let customer: Customer?
}
