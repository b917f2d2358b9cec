import Crypto
import Foundation

/// The triggers that the platform has set up, signed over time and body. They leave out what the platform itself does.
extension ZendeskSimulator {
    private static let accountID = "11223344"
    private static let webhookID = "01HV7ZWEBHOOK"

    mutating func announce(_ event: String, _ ticket: ZendeskTicket, now: Date) {
        // Placeholders of a trigger are texts.
        let body: JSON = [
            "ticket_id": .string(String(ticket.id)), "event": .string(event), "status": .string(ticket.status),
            "requester_email": .string(users[ticket.requesterID]?.email ?? ""),
        ]
        let timestamp = ZendeskTicket.moment(now)
        let id = deliveryID.takeUUID(prefix: "01hv7z00-5d1c-4a7e-8f3b")
        emit(
            OutgoingWebhook(
                provider: Self.name, topic: event, deliveryID: id, url: settings.webhookURL,
                headers: [
                    .init(name: "Content-Type", value: "application/json"),
                    .init(
                        name: "X-Zendesk-Webhook-Signature",
                        value: Self.signature(timestamp, body.bytes, secret: settings.webhookSecret)),
                    .init(name: "X-Zendesk-Webhook-Signature-Timestamp", value: timestamp),
                    .init(name: "X-Zendesk-Account-Id", value: Self.accountID),
                    .init(name: "X-Zendesk-Webhook-Id", value: Self.webhookID),
                    .init(name: "X-Zendesk-Webhook-Invocation-Id", value: id),
                ],
                body: body.bytes, retries: .zendesk))
    }

    /// base64 of HMAC-SHA256 over the timestamp and the raw body, with nothing between.
    static func signature(_ timestamp: String, _ body: [UInt8], secret: String) -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: Array(timestamp.utf8) + body, using: key))
            .base64EncodedString()
    }
}

extension RetrySchedule {
    /// Up to five retries, all while the signature is still fresh.
    fileprivate static let zendesk = RetrySchedule(
        waits: [1, 4, 16, 64, 128].map { .seconds($0) }, last: nil, attemptsMax: 6)
}
