import Foundation

/// The notification webhook: a hint, never the truth.
extension DCLSimulator {
    mutating func hint(_ event: String, order: String, trackingNumber: String?, now: Date) {
        let eventID = eventNumber.takeUUID(prefix: "5d1c0a7e-2f3b-4c6d-9e8f")
        let body: JSON = [
            "event_id": .string(eventID), "event": .string(event), "order_number": .string(order),
            "tracking_number": .text(trackingNumber), "occurred_at": .string(Timestamps.utc(now)),
        ]
        emit(
            .webhook(
                OutgoingWebhook(
                    provider: Self.name, topic: event, deliveryID: eventID, url: settings.webhookURL,
                    headers: [
                        .init(name: "Content-Type", value: "application/json"),
                        .init(name: "X-Webhook-Token", value: settings.webhookSecret),
                    ],
                    body: body.bytes, retries: .dcl)))
    }
}
