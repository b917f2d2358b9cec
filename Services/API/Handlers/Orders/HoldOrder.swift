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

    static func releaseOrder(_ verbs: OrderVerbs) -> Endpoint {
        .post(
            "/orders/{id}/release", .ordersWrite, .verb("releaseOrder", "Lets a held order go on", "Order")
        ) { request in
            try await verbs.carryOut(request) { order, reason in ReleaseOrder(orderID: order.id, reason: reason) }
        }
    }
}
