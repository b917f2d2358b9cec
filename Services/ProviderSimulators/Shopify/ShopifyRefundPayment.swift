import Foundation

/// One part of a refund's money: back to the sale it came from, or into the customer's store credit.
struct ShopifyRefundPayment: Sendable {
    static let storeCreditGateway = "shopify_store_credit"

    var parentID: Int?
    var gateway: String
    var amount: Decimal

    /// Reads `transactions` and `store_credits`; together they may not exceed what is left of the sales.
    static func all(_ body: JSON, of order: ShopifyOrder) throws -> [ShopifyRefundPayment] {
        var left = Dictionary(order.sales.map { ($0.id, order.refundable($0)) }, uniquingKeysWith: { $1 })
        var total = order.refundableMoney
        var payments: [ShopifyRefundPayment] = []
        for transaction in body["transactions"].array ?? [] {
            let payment = try toSale(transaction, &left, order)
            guard payment.amount <= total else { throw Refusal.tooMuch(payment.amount, total, order.money) }
            total -= payment.amount
            payments.append(payment)
        }
        for credit in body["store_credits"].array ?? [] {
            guard order.customer["id"].int != nil else {
                throw Refusal.shopify(field: "refundMethods", "The order has no customer to give store credit to")
            }
            let amount = try positive(credit["amount"], "refundMethods", order)
            guard amount <= total else { throw Refusal.tooMuch(amount, total, order.money) }
            total -= amount
            payments.append(.init(parentID: nil, gateway: storeCreditGateway, amount: amount))
        }
        return payments
    }

    private static func toSale(
        _ transaction: JSON, _ left: inout [Int: Decimal], _ order: ShopifyOrder
    ) throws -> ShopifyRefundPayment {
        guard transaction["kind"].string == "refund" else {
            throw Refusal.shopify(field: "transactions", "kind must be refund")
        }
        let parent = transaction["parent_id"].scalarText.flatMap { Int($0) }
        guard let sale = order.sales.first(where: { $0.id == parent }), let rest = left[sale.id] else {
            throw Refusal.shopify(field: "transactions", "parent_id is not a sale of this order")
        }
        if let gateway = transaction["gateway"].string, gateway != sale.gateway {
            throw Refusal.shopify(field: "transactions", "gateway is not that of the sale, \(sale.gateway)")
        }
        let amount = try positive(transaction["amount"], "transactions", order)
        guard amount <= rest else { throw Refusal.tooMuch(amount, rest, order.money) }
        left[sale.id] = rest - amount
        return ShopifyRefundPayment(parentID: sale.id, gateway: sale.gateway, amount: amount)
    }

    private static func positive(_ json: JSON, _ field: String, _ order: ShopifyOrder) throws -> Decimal {
        guard let amount = json.decimal, amount > 0 else {
            throw Refusal.shopify(field: field, "amount must be greater than zero")
        }
        return order.money.rounded(amount)
    }
}

extension Refusal {
    static func tooMuch(_ amount: Decimal, _ rest: Decimal, _ money: ShopifyMoney) -> Refusal {
        .shopify(
            field: "base",
            "Refund amount \(money.text(amount)) is greater than the refundable amount \(money.text(rest))")
    }
}
