import Commerce
import Contracts
import Foundation

/// An endpoint as its row says.
struct Webhook: Sendable {
    enum Status: String, Sendable {
        case active, paused, disabled, removed
    }

    let id: WebhookID
    var url: String
    var description: String?
    var events: [String]
    var ordered: Bool
    var status: Status
    /// Names the unbroken row of failures, where there is one.
    var streak: UUID?
    var failingSince: Date?
    var failures: Int
}
