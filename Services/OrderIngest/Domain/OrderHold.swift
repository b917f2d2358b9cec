import Commerce
import Foundation
import Messaging

/// Somebody's wish that the order does not go on.
struct OrderHold: Codable, Equatable, Sendable {
    /// `manual_hold`, `cancelled_in_shop`.
    var code: String
    var reason: String
    var actor: String
    var at: Date

    static let manual = "manual_hold"

    var refusal: Refusal { Refusal(code: code, message: reason) }
}
