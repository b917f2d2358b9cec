import Commerce
import HTTPTransport

/// Posts alerts to an incoming webhook of Slack.
///
/// *Not guaranteed*: that a message is posted once: Slack gives no id and knows no key. Who calls dedupes.
public struct SlackClient: Sendable {
    private let settings: SlackSettings
    private let link: ProviderLink

    public init(settings: SlackSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        // Source: Slack, rate limits: one message a second for each webhook, short bursts allowed.
        let lane = GateLane("slack", GateLimits(rate: .init(perSecond: 1, burst: 3)))
        link = ProviderLink(http: http, gate: gate, lane: lane, words: Self.words)
    }

    public func post(_ message: SlackMessage) async throws(ProviderFailure) {
        let body = try ProviderJSON.encode(message.form)
        _ = try await link.send(
            HTTPRequest(
                method: "POST", url: settings.webhookURL,
                headers: [("Content-Type", "application/json; charset=utf-8")], body: body), .write)
    }

    /// A failure is one word of plain text: `invalid_blocks`, `channel_is_archived`.
    private static func words(_ response: HTTPResponse) -> ProviderWords {
        let text = String(decoding: response.body.prefix(100), as: UTF8.self)
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F }) else {
            return ProviderWords(status: response.status)
        }
        return ProviderWords(code: text, message: "Slack answered \(response.status): \(text).")
    }
}
