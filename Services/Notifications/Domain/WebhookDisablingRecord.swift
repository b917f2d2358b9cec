import Commerce
import Foundation

/// `data` of `webhook.disabling`.
struct WebhookDisablingRecord: Encodable {
    var id: WebhookID
    var url: String
    /// Of the time to being switched off that has passed.
    var percent: Int
    var disabled: Bool
    var failingSince: Date?
    var disablesAt: Date?
    var failures: Int
    var reason: String

    enum CodingKeys: String, CodingKey {
        case id, url, percent, disabled, failures, reason
        case failingSince = "failing_since"
        case disablesAt = "disables_at"
    }
}
