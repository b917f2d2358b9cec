/// An endpoint of outgoing webhooks as the API gives it.
struct WebhookModel: Decodable, Sendable {
    var id: String
    var url: String
    var description: String?
    var events: [String]
    var ordered: Bool
    var status: String
    var statusReason: String?
    var failingSince: String?
    var failures: Int

    enum CodingKeys: String, CodingKey {
        case id, url, description, events, ordered, status, failures
        case statusReason = "status_reason"
        case failingSince = "failing_since"
    }
}
