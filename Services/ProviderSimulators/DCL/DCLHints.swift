import Foundation

/// The notification webhook: a hint, never the truth.
extension DCLSimulator {
    mutating func hint(_ event: String, order: String, trackingNumber: String?, now: Date) {
        hint(event, about: [("order_number", .string(order)), ("tracking_number", .text(trackingNumber))], now: now)
    }

    /// A return has no order number here, so that nobody reads an order for it.
    mutating func hint(_ event: String, return number: String, now: Date) {
        hint(event, about: [("rma_number", .string(number))], now: now)
    }

    private mutating func hint(_ event: String, about members: [(String, JSON)], now: Date) {
        let eventID = eventNumber.takeUUID(prefix: "5d1c0a7e-2f3b-4c6d-9e8f")
        let head: [(String, JSON)] = [("event_id", .string(eventID)), ("event", .string(event))]
        let body = JSON.object(JSONObject(head + members + [("occurred_at", .string(Timestamps.utc(now)))]))
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
