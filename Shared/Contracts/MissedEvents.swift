import Commerce
import Foundation
import Messaging

/// What a person types to have an endpoint sent the events it has missed.
public enum MissedEvents {
    // LIMIT: a delivery is tried for 27.6 hours: what has failed since then came about at most so long before.
    private static let triedFor = Duration.days(2)

    /// - Parameters:
    ///   - status: of the deliveries, `failed` or `skipped`.
    ///   - failingSince: nil where nothing has failed: a blank to fill in.
    public static func resend(_ status: String, to webhook: String, failingSince: Date?) -> String {
        let since = failingSince.map { WireJSON.text($0 - triedFor.timeInterval) } ?? "…"
        return "stateset webhooks resend \(webhook) --since \(since) --status \(status)"
    }

    /// Of an endpoint that was switched off: what came before that has failed, what came since was skipped.
    ///
    /// WHY: before it is resumed, because from then on what waits is called at once, and an ordered endpoint would get it
    /// before what had failed. What comes between the two commands is skipped as well: so once more at the end.
    public static func takenUp(by webhook: String, failingSince: Date?) -> [String] {
        let skipped = resend("skipped", to: webhook, failingSince: failingSince)
        return [
            resend("failed", to: webhook, failingSince: failingSince), skipped,
            "stateset webhooks resume \(webhook)", skipped,
        ]
    }
}
