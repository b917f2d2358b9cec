import Crypto
import Foundation

/// What QuickBooks tells the platform: names and ids, nothing else.
extension QuickBooksSimulator {
    mutating func announce(_ document: QuickBooksDocument, _ operation: String, now: Date) {
        let entity: JSON = [
            "name": .string(document.kind.rawValue), "id": .string("\(document.id)"), "operation": .string(operation),
            "lastUpdated": .string(Timestamps.utc(now)),
        ]
        let body: JSON = [
            "eventNotifications": [
                ["realmId": .string(settings.realmID), "dataChangeEvent": ["entities": [entity]]]
            ]
        ]
        emit(
            OutgoingWebhook(
                provider: Self.name, topic: "dataChangeEvent",
                deliveryID: callNumber.takeUUID(prefix: "6e2f9d10-4b7c-4f1a-a3d5"), url: settings.webhookURL,
                headers: [
                    .init(name: "Content-Type", value: "application/json"),
                    .init(
                        name: "intuit-signature", value: Self.signature(body.bytes, token: settings.verifierToken)),
                ],
                body: body.bytes, retries: .quickBooks))
    }

    /// base64 of HMAC-SHA256 over the raw body.
    static func signature(_ body: [UInt8], token: String) -> String {
        let key = SymmetricKey(data: Array(token.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: body, using: key)).base64EncodedString()
    }
}

extension RetrySchedule {
    /// Growing waits for some hours.
    static let quickBooks = RetrySchedule(
        waits: [20, 30, 50, 600, 1200, 3600].map { .seconds($0) }, last: nil, attemptsMax: 7)
}
