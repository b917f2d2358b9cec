import Foundation

/// What became of one webhook, as `GET /_sim/webhooks` shows it.
struct WebhookDelivery: Sendable {
    enum Outcome: String, Sendable {
        case pending, delivered, lost, abandoned
    }

    let webhook: OutgoingWebhook
    let queuedAt: Date
    var attempts = 0
    var lastStatus: Int?
    var outcome = Outcome.pending
    var fault: FaultMode?

    func json() -> JSON {
        [
            "at": .string(Timestamps.utc(queuedAt)),
            "provider": .string(webhook.provider),
            "topic": .string(webhook.topic),
            "delivery_id": .string(webhook.deliveryID),
            "attempts": .int(attempts),
            "status": lastStatus.map(JSON.int) ?? .null,
            "outcome": .string(outcome.rawValue),
            "fault": .text(fault?.rawValue),
        ]
    }
}
