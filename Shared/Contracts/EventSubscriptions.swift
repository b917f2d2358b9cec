import Messaging

/// The events that each service binds its queue to, by type or topic pattern.
///
/// For tools that look at the broker from outside: a service binds what it has handlers for, and a test holds the two
/// together.
public enum EventSubscriptions {
    /// - Returns: nothing for a service that listens to none.
    public static func of(_ service: ServiceName) -> [String] { all[service] ?? [] }

    private static let all: [ServiceName: [String]] = [
        .orderIngest: [
            "webhook.shopify.#", SagaUpdated.type, OrderDispatched.type, DispatchCancelled.type, DispatchHeld.type,
            DispatchClosed.type, ShipmentShipped.type, ShipmentDelivered.type, ShipmentRecorded.type,
            ShipmentDuplicated.type,
        ],
        .tracking: ["webhook.dcl.#", "webhook.shipstation.#", OrderDispatched.type, DispatchCancelled.type],
        .returns: [
            "webhook.shopify.#", "webhook.dcl.#", "webhook.shipstation.#", "webhook.recharge.#", "webhook.stripe.#",
            OrderReceived.type, SagaUpdated.type,
        ],
        .notifications: PublicEvent.allCases.map(\.rawValue),
        .sagaCoordinator: [
            OrderReceived.type, OrderReleased.type, ShipmentShipped.type, DispatchClosed.type, ShipmentDelivered.type,
            ReturnRequested.type, ReturnReviewed.type, ReturnReceived.type, ReturnInspected.type,
            ReturnRefundSettled.type, ExchangePaid.type, WarrantyRequested.type, WarrantyReviewed.type,
            WarrantyReceived.type, WarrantyInspected.type, RepairEnded.type, WarrantyRefundSettled.type,
        ],
    ]
}
