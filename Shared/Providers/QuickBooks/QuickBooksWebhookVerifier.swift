import Crypto
import Foundation

/// Checks `intuit-signature`: base64 of HMAC-SHA256 over the raw body, keyed with the app's verifier token.
///
/// *Guarantees*: constant time; any active token is taken; a notification about other companies only is refused.
/// *Not guaranteed*: there is no time in the signature; notifications carry only ids, so playing one again tells
/// nothing new.
public struct QuickBooksWebhookVerifier: WebhookVerifier {
    private let tokens: [String]
    private let realmID: String

    public init(settings: QuickBooksSettings) {
        tokens = settings.verifierTokens
        realmID = settings.realmID
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let signature = webhook.header("intuit-signature") else { return .rejected(.missingSignature) }
        guard isSigned(webhook.body, signature) else { return .rejected(.badSignature) }
        guard let notification = try? QuickBooksNotification(json: webhook.body) else {
            return .rejected(.malformedBody)
        }
        let ours = notification.changes.filter { $0.realmID == realmID }
        guard !ours.isEmpty || notification.changes.isEmpty else { return .rejected(.wrongSender) }
        return .accepted(
            AcceptedWebhook(
                topic: "dataChangeEvent", deliveryID: nil, eventID: nil, triggeredAt: ours.first?.changedAt,
                body: webhook.body))
    }

    private func isSigned(_ body: [UInt8], _ signature: String) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return ConstantTime.anySecret(of: tokens) { token in
            let key = SymmetricKey(data: Array(token.utf8))
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
        }
    }
}
