import Commerce
import Contracts
import Foundation
import Messaging

/// An endpoint as a person looks at it: how it fares, and what to type next.
enum WebhookPicture {
    static func lines(_ webhook: WebhookModel, _ style: Style) -> [String] {
        let order = webhook.ordered ? ["in order"] : []
        var lines = [
            "\(style(SafeText.line(webhook.url), .strong))  \(style(webhook.status, tone(webhook.status)))",
            style(SafeText.line(([webhook.id] + order + webhook.events).joined(separator: "  ")), .quiet),
        ]
        if let description = webhook.description { lines.append(SafeText.line(description)) }
        if let reason = webhook.statusReason { lines.append(style(SafeText.line(reason), .bad)) }
        if let since = webhook.failingSince {
            lines.append(style("every call has failed since \(Moment.text(since)): \(webhook.failures)", .bad))
        }
        return lines + SagaPicture.section("what you can do now", next(webhook).map { "  " + style($0, .strong) })
    }

    private static func next(_ webhook: WebhookModel) -> [String] {
        let id = webhook.id
        switch webhook.status {
        case "active":
            return ["stateset deliveries list \(id) --status failed", "stateset webhooks test \(id)"]
        case "disabled":
            return MissedEvents.takenUp(by: id, failingSince: webhook.failingSince.flatMap(WireJSON.date))
        default:
            return ["stateset webhooks resume \(id)"]
        }
    }

    private static func tone(_ status: String) -> Tone {
        switch status {
        case "active": .good
        case "paused": .waiting
        default: .bad
        }
    }

    static let list = ListView(
        columns: [
            .text("url"), .init(heading: "status") { standing($0["status"]?.text ?? "-") },
            .time("failing since", "failing_since"), .text("failures"),
            .init(heading: "why") { .init($0["status_reason"]?.text ?? "", .bad) }, .text("webhook", "id"),
        ], none: "no endpoints")

    private static func standing(_ status: String) -> Table.Cell { .init(status, tone(status)) }
}
