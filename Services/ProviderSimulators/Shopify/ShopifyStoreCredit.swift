import Foundation

/// What customers have as credit at the shop: `storeCreditAccountCredit`, which takes no key and keeps no note, and
/// `customer(id:)`.
extension ShopifySimulator {
    /// One movement of a customer's credit.
    struct CreditMovement: Sendable {
        var id: Int
        var amount: Decimal
        var currency: String
        var event: String
        var at: Date
    }

    private static let fields: Set<String> = ["creditAmount", "expiresAt", "notify"]

    mutating func creditAccount(_ call: GraphQLCall) throws(GraphQLFailure) -> GraphQLPayload {
        guard call.isAtLeast("2024-07") else {
            throw GraphQLFailure(
                message: "Field 'storeCreditAccountCredit' doesn't exist on type 'Mutation'", code: "undefinedField")
        }
        let input = call.arguments["creditInput"] ?? .null
        let given = input["creditAmount"]
        guard let members = input.object?.members, members.allSatisfy({ Self.fields.contains($0.key) }),
            let amount = given["amount"].decimal, let currency = given["currencyCode"].string
        else {
            throw GraphQLFailure(
                message: "Variable $creditInput of type StoreCreditAccountCreditInput! was provided invalid value",
                code: "INVALID_VARIABLE")
        }
        guard let customer = customer(call.arguments["id"]) else {
            return Self.refused(["id"], "ACCOUNT_NOT_FOUND", "Store credit account does not exist")
        }
        guard amount > 0 else {
            return Self.refused(
                ["creditInput", "creditAmount"], "NEGATIVE_OR_ZERO_AMOUNT", "A positive amount must be used")
        }
        let movement = CreditMovement(
            id: ids.transaction.take(), amount: ShopifyMoney(currency: currency).rounded(amount), currency: currency,
            event: "ADJUSTMENT", at: call.now)
        creditAdjustments[customer, default: []].append(movement)
        let account = account(of: customer, in: currency)
        return GraphQLPayload(json: [
            "storeCreditAccountTransaction": account["transactions"]["nodes"][0], "userErrors": [],
        ])
    }

    /// Null for an id that no customer has.
    func customerNode(_ arguments: [String: JSON]) -> JSON {
        guard let id = customer(arguments["id"]) else { return .null }
        let currencies = Set(movements(of: id).map(\.currency)).sorted()
        return [
            "id": .string("gid://shopify/Customer/\(id)"),
            "storeCreditAccounts": ["nodes": .array(currencies.map { account(of: id, in: $0) })],
        ]
    }

    /// Credit that was added beside refunds.
    var storeCreditAdjustments: [JSON] {
        creditAdjustments.sorted { $0.key < $1.key }.flatMap { customer, movements in
            movements.map { movement -> JSON in
                [
                    "customer_id": .int(customer), "transaction_id": .int(movement.id),
                    "amount": ShopifyMoney(currency: movement.currency).json(movement.amount),
                    "currency": .string(movement.currency),
                ]
            }
        }
    }

    private func customer(_ gid: JSON?) -> Int? {
        guard let id = ShopifyRefundInput.number(gid ?? .null, "Customer"),
            orders.values.contains(where: { $0.customer["id"].int == id })
        else { return nil }
        return id
    }

    /// Of refunds and beside them, oldest first.
    private func movements(of customer: Int) -> [CreditMovement] {
        let refunded = orders.values.filter { $0.customer["id"].int == customer }.flatMap { order in
            order.transactions.filter { $0.gateway == ShopifyRefundPayment.storeCreditGateway && $0.kind == "refund" }
                .map {
                    CreditMovement(
                        id: $0.id, amount: $0.amount, currency: order.money.currency, event: "ORDER_REFUND",
                        at: $0.createdAt)
                }
        }
        return (refunded + creditAdjustments[customer, default: []]).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// Its movements are listed newest first, as callers here ask for them.
    private func account(of customer: Int, in currency: String) -> JSON {
        let money = ShopifyMoney(currency: currency)
        func node(_ amount: Decimal) -> JSON { ["amount": money.json(amount), "currencyCode": .string(currency)] }
        var balance: Decimal = 0
        var nodes: [JSON] = []
        for movement in movements(of: customer) where movement.currency == currency {
            balance += movement.amount
            nodes.append([
                "id": .string("gid://shopify/StoreCreditAccountCreditTransaction/\(movement.id)"),
                "amount": node(movement.amount), "balanceAfterTransaction": node(balance),
                "createdAt": .string(Timestamps.offset(movement.at, in: .gmt)), "event": .string(movement.event),
            ])
        }
        return [
            "id": .string("gid://shopify/StoreCreditAccount/\(customer)"), "balance": node(balance),
            "transactions": ["nodes": .array(Array(nodes.reversed()))],
        ]
    }

    private static func refused(_ field: [String], _ code: String, _ message: String) -> GraphQLPayload {
        GraphQLPayload(json: [
            "storeCreditAccountTransaction": nil,
            "userErrors": [
                ["code": .string(code), "field": .array(field.map(JSON.string)), "message": .string(message)]
            ],
        ])
    }
}
