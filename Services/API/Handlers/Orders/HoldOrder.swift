import Contracts

extension Endpoint {
    static func holdOrder(_ verbs: OrderVerbs) -> Endpoint {
        .post(
            "/orders/{id}/hold", .ordersWrite,
            .verb("holdOrder", "Stops the order before it goes to the warehouse", "Order")
        ) { request in
            try await verbs.carryOut(request) { order, reason in HoldOrder(orderID: order.id, reason: reason) }
        }
    }
}
