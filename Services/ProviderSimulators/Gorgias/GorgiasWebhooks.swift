import Foundation

/// The HTTP integration that the platform has set up: a form of templates, and a secret in a header.
extension GorgiasSimulator {
    mutating func announce(_ event: String, _ ticket: GorgiasTicket, _ message: GorgiasMessage?, now: Date) {
        // Template values are texts, empty ones too.
        let body: JSON = [
            "ticket_id": .string(String(ticket.id)), "subject": .string(ticket.subject),
            "customer_email": .string(ticket.customer.email), "event": .string(event),
            "message_id": .string(message.map { String($0.id) } ?? ""),
            "from_agent": .string(message.map { String($0.isFromAgent) } ?? ""),
            "updated_datetime": .string(GorgiasTicket.moment(now)),
        ]
        let id = deliveryID.takeUUID(prefix: "7d4f1c2a-9b3e-4a5d-8c6f")
        emit(
            .webhook(
                OutgoingWebhook(
                    provider: Self.name, topic: event, deliveryID: id, url: settings.webhookURL,
                    headers: [
                        .init(name: "Content-Type", value: "application/json"),
                        .init(name: "X-Webhook-Token", value: settings.webhookToken),
                    ],
                    body: body.bytes, retries: .gorgias)))
    }
}

extension RetrySchedule {
    /// Not documented; a few minutes, as helpdesks do.
    fileprivate static let gorgias = RetrySchedule(
        waits: [1, 4, 16, 64, 256].map { .seconds($0) }, last: nil, attemptsMax: 6)
}
