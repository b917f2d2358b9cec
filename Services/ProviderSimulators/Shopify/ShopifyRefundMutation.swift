import Foundation

/// `refundCreate`. Its key, where the version has one, makes the same sending twice one refund for a day.
extension ShopifySimulator {
    mutating func createRefund(_ call: GraphQLCall) throws(GraphQLFailure) -> GraphQLPayload {
        try call.checkIdempotency()
        let input = call.arguments["input"] ?? .null
        if let problem = ShopifyRefundInput.problem(input) {
            throw GraphQLFailure(
                message: "Variable $input of type RefundInput! was provided invalid value for \(problem)",
                code: "INVALID_VARIABLE")
        }
        if let first = firstAnswer(to: call) {
            guard first.input == input else {
                return Self.refused(["input"], GraphQLCall.otherParameters)
            }
            return GraphQLPayload(json: first.payload, isReplay: true)
        }
        let payload = refundPayload(input, now: call.now)
        // A sending that was refused leaves its key free.
        if !payload["refund"].isNull { keep(payload, of: call, input) }
        return GraphQLPayload(json: payload)
    }

    private mutating func refundPayload(_ input: JSON, now: Date) -> JSON {
        do {
            let id = ShopifyRefundInput.number(input["orderId"], "Order")
            guard var order = id.flatMap({ orders[$0] }) else {
                return Self.refused(["input", "orderId"], "Order does not exist").json
            }
            let body = try ShopifyRefundInput.body(input, order)
            try refund(&order, body, now: now)
            save(order, now: now)
            let saved = try self.order(order.id)
            guard let refund = saved.refunds.last else { throw Refusal.shopifyNotFound }
            announceRefund(refund, of: saved, now: now)
            return [
                "refund": refund.graphQL(saved),
                "order": ["id": input["orderId"], "name": .string(saved.name)], "userErrors": [],
            ]
        } catch let refusal as Refusal {
            let (field, message) = refusal.fieldAndMessage
            return Self.refused(["input", field], message).json
        } catch {
            return Self.refused(["input"], "\(error)").json
        }
    }

    private static func refused(_ field: [String], _ message: String) -> GraphQLPayload {
        GraphQLPayload(json: [
            "refund": nil, "order": nil,
            "userErrors": [["field": .array(field.map(JSON.string)), "message": .string(message)]],
        ])
    }
}

extension Refusal {
    /// The first field and message of `{"errors":{"field":["message"]}}`.
    fileprivate var fieldAndMessage: (String, String) {
        guard case .json(let body) = response.body, let first = body["errors"].object?.members.first else {
            return ("base", "The refund was refused.")
        }
        return (first.key, first.value[0].string ?? first.value.string ?? "is invalid")
    }
}

extension ShopifyRefund {
    /// As GraphQL writes it: amounts are strings, enumerations in capitals.
    fileprivate func graphQL(_ order: ShopifyOrder) -> JSON {
        let payments = order.transactions.filter { transactionIDs.contains($0.id) }
        let total = payments.filter { $0.status == "success" }.reduce(Decimal(0)) { $0 + $1.amount }
        return [
            "id": .string("gid://shopify/Refund/\(id)"), "note": .text(note),
            "createdAt": .string(Timestamps.utc(createdAt)), "totalRefundedSet": order.money.bag(total),
            "transactions": ["nodes": .array(payments.map { $0.graphQL(order) })],
        ]
    }
}
