import Contracts

extension Endpoint {
    static func releaseOrder(_ verbs: OrderVerbs) -> Endpoint {
        .post(
            "/orders/{id}/release", .ordersWrite, .verb("releaseOrder", "Lets a held order go on", "Order")
        ) { request in
            try await verbs.carryOut(request) { order, reason in ReleaseOrder(orderID: order.id, reason: reason) }
        }
    }
}
