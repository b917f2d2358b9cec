import Commerce
import Contracts
import Foundation
import Messaging

/// The end of a row of failures that people were warned of.
struct RecoveredEndpoint: Sendable {
    let id: WebhookID
    let url: String
    let failingSince: Date?
    let failures: Int

    var alert: SendSlackAlert.Alert {
        var fields = ["webhook": id.description, "url": url, "failures": "\(failures)"]
        fields["failing_since"] = failingSince.map(WireJSON.text)
        return SendSlackAlert.Alert(
            key: "webhook.recovered/\(id)/\(failingSince.map(WireJSON.text) ?? "")",
            title: "A webhook endpoint has recovered",
            text: "It takes events again and is not switched off. What was given up on meanwhile is to be sent again.",
            fields: fields,
            next: [
                "stateset webhooks resend \(id) --since \(FailingEndpoint.missed(since: failingSince)) --status failed"
            ])
    }
}
