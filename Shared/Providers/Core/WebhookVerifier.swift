/// Decides whether a request comes from the provider. Pure; made once from the settings and used for every request.
public protocol WebhookVerifier: Sendable {
    func verify(_ webhook: InboundWebhook) -> WebhookVerdict
}
