import Contracts

extension Endpoint {
    /// Cancelling an order is cancelling its saga, which undoes what was done.
    static func cancelOrder(_ verbs: OrderVerbs) -> Endpoint {
        .post(
            "/orders/{id}/cancel", .ordersWrite,
            .verb("cancelOrder", "Undoes what was done for the order; 409 past_pivot once it has shipped", "Order")
        ) { request in
            try await verbs.carryOut(request) { order, reason in
                guard let sagaID = order.sagaID else {
                    throw Problem(
                        409, "not_allowed", "The order has no saga yet; try again in a moment.",
                        allowed: order.allowedVerbs.filter { $0 != OrderVerb.cancel.rawValue })
                }
                return OperateSaga(sagaID: sagaID, verb: .cancel, reason: reason)
            }
        }
    }
}
