import Foundation

/// How a piece of text is meant; colours show it on a terminal, words alone everywhere else.
enum Tone: Sendable, Equatable {
    case plain, good, bad, waiting, quiet, strong

    fileprivate var code: String? {
        switch self {
        case .plain: nil
        case .good: "32"
        case .bad: "31"
        case .waiting: "33"
        case .quiet: "2"
        case .strong: "1"
        }
    }

    /// The tone of a status of an order, return, claim, refund, ticket, saga, step, shipment, webhook, delivery, mail,
    /// schedule or dead letter.
    init(status: String) {
        switch status {
        case "completed", "delivered", "fulfilled", "accepted", "requeued", "refunded", "exchanged", "succeeded",
            "solved", "sent", "repaired", "replaced", "verified", "active", "done":
            self = .good
        case "stuck", "diverged", "failed", "refused", "needs_attention", "quarantined", "open", "exception", "lost",
            "timed_out", "returned_to_sender", "in_review", "requires_action", "unknown", "disabled", "dead_lettered",
            "no_reply":
            self = .bad
        case "waiting", "running", "paused", "on_hold", "compensating", "issued", "partially_fulfilled", "in_transit",
            "out_for_delivery", "dispatched", "pending_fulfillment", "received", "requested", "return_requested",
            "eligibility_check", "approved", "label_pending", "label_sent", "item_received", "inspected",
            "refund_pending", "pending", "retrying", "queued", "in_repair", "coverage_check", "label_created",
            "unverified":
            self = .waiting
        case "cancelled", "compensated", "terminated", "discarded", "recorded", "rejected", "expired", "closed",
            "off", "skipped", "duplicate":
            self = .quiet
        default: self = .plain
        }
    }
}

/// Whether colours are used.
struct Style: Sendable {
    var hasColours: Bool

    static let plain = Style(hasColours: false)

    /// Of standard output; `NO_COLOR` (no-color.org) and a dumb terminal switch colours off.
    static func terminal(_ variables: [String: String]) -> Style {
        let isWanted = variables["NO_COLOR"]?.isEmpty ?? true && variables["TERM"] != "dumb"
        return Style(hasColours: isWanted && isatty(STDOUT_FILENO) == 1)
    }

    func callAsFunction(_ text: String, _ tone: Tone) -> String {
        guard hasColours, let code = tone.code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
