import HTTPTransport

/// Posts a webhook. Answers the status, or nil when there was no answer.
protocol WebhookTransport: Sendable {
    func post(_ webhook: OutgoingWebhook) async -> Int?
}

/// Over the network, with the provider's own patience of five seconds.
struct NetworkWebhookTransport: WebhookTransport {
    private let client: any HTTPClient = CurlHTTPClient()

    func post(_ webhook: OutgoingWebhook) async -> Int? {
        let request = HTTPRequest(
            method: "POST", url: webhook.url, headers: webhook.headers.map { ($0.name, $0.value) }, body: webhook.body,
            timeout: .seconds(5))
        return try? await client.send(request).status
    }
}
