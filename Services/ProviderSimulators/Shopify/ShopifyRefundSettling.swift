import Foundation

/// What becomes of a refund's money: at once, or only later.
extension ShopifySimulator {
    private static let outcomes = ["success", "pending", "failure"]

    /// Books the payments with the state that refunds get at present.
    mutating func pay(
        _ payments: [ShopifyRefundPayment], in order: inout ShopifyOrder, now: Date
    ) -> [Int] {
        payments.map { payment in
            let id = ids.transaction.take()
            let isCredit = payment.gateway == ShopifyRefundPayment.storeCreditGateway
            order.transactions.append(
                .init(
                    id: id, kind: "refund", gateway: payment.gateway, amount: payment.amount,
                    // The shop itself keeps store credit: nobody else is asked.
                    status: isCredit ? "success" : refundOutcomes[payment.gateway] ?? refundOutcome,
                    parentID: payment.parentID, createdAt: now))
            return id
        }
    }

    /// `{"status":"success|pending|failure"}`: what the payments of refunds get from now on; with a `gateway`, those to it.
    mutating func setRefundOutcome(_ call: Call) throws -> SimulatedResponse {
        guard let outcome = call.request.json["status"].string, Self.outcomes.contains(outcome) else {
            throw Refusal(response: .problem(422, "status must be one of \(Self.outcomes.joined(separator: ", "))."))
        }
        if let gateway = call.request.json["gateway"].string {
            refundOutcomes[gateway] = outcome
        } else {
            refundOutcome = outcome
        }
        return .json(["status": .string(outcome)])
    }

    /// The payment provider takes back its word, or never gave it: the money did not leave. `{"gateway":…}` names the
    /// only one that does.
    mutating func failRefund(_ call: Call) throws -> SimulatedResponse {
        try settleRefund(call, as: "failure") { $0 != "failure" }
    }

    /// The payment provider says yes to what was pending; `{"gateway":…}` as above.
    mutating func succeedRefund(_ call: Call) throws -> SimulatedResponse {
        try settleRefund(call, as: "success") { $0 == "pending" }
    }

    private mutating func settleRefund(
        _ call: Call, as status: String, _ concerns: (String) -> Bool
    ) throws -> SimulatedResponse {
        let id = call.id("id")
        var order = try order(id.flatMap { orderOfRefund[$0] })
        let gateway = call.request.json["gateway"].string
        guard let refund = order.refunds.first(where: { $0.id == id }) else { throw Refusal.shopifyNotFound }
        var changed: [Int] = []
        for index in order.transactions.indices
        where refund.transactionIDs.contains(order.transactions[index].id)
            && concerns(order.transactions[index].status)
            && gateway.map({ $0 == order.transactions[index].gateway }) != false
        {
            order.transactions[index].status = status
            changed.append(index)
        }
        save(order, now: call.request.now)
        let saved = try self.order(order.id)
        let movements: [(topic: String, payload: JSON)] = changed.map { index in
            ("order_transactions/create", saved.transactions[index].json(saved))
        }
        announce(movements + [("orders/updated", saved.json())], now: call.request.now)
        return .json(["refund": refund.json(saved)])
    }

    mutating func announceRefund(_ refund: ShopifyRefund, of order: ShopifyOrder, now: Date) {
        announce([("refunds/create", refund.json(order)), ("orders/updated", order.json())], now: now)
    }

    /// What customers have as credit at the shop: what refunds gave them.
    var storeCredits: [JSON] {
        let credits = orderIDs.compactMap { orders[$0] }.flatMap { order in
            order.transactions.filter { $0.gateway == ShopifyRefundPayment.storeCreditGateway && $0.kind == "refund" }
                .map { (customer: order.customer, order: order, credit: $0) }
        }
        return credits.map { entry in
            [
                "customer_id": entry.customer["id"], "order_id": .int(entry.order.id),
                "transaction_id": .int(entry.credit.id), "amount": entry.order.money.json(entry.credit.amount),
                "currency": .string(entry.order.money.currency),
            ]
        }
    }
}
