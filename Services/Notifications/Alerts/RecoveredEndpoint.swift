import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// The end of a time in which an endpoint failed, or was off, as people had been told.
struct RecoveredEndpoint: Sendable {
    let id: WebhookID
    let url: String
    var failingSince: Date?
    /// Since it was last resumed.
    let failures: Int

    /// Tells people by an alert, and by mail where the workspace names an address: once for each time.
    func tell(in transaction: HandlerTransaction) async throws {
        try transaction.send(SendSlackAlert(alert), subject: id.description)
        guard let address = try await MailSettings(transaction).text(.operators) else { return }
        try transaction.send(mail(to: address), subject: id.description)
    }

    private var alert: SendSlackAlert.Alert {
        var fields = ["webhook": id.description, "url": url]
        if failures > 0 { fields["failures"] = "\(failures)" }
        fields["failing_since"] = failingSince.map(WireJSON.text)
        return SendSlackAlert.Alert(
            key: "webhook.recovered/\(id)/\(failingSince.map(WireJSON.text) ?? "")",
            title: "A webhook endpoint has recovered",
            text: "It takes events again and is not switched off. What was given up on meanwhile is to be sent again.",
            fields: fields,
            next: [MissedEvents.resend("failed", to: id.description, failingSince: failingSince)])
    }

    private func mail(to address: String) -> SendEmail {
        var texts = ["link": url]
        texts["date"] = failingSince.map(FailingEndpoint.day)
        return SendEmail(
            template: .webhookRecovered, orderID: nil, recipient: .init(email: address, name: nil),
            subject: id.description, version: failingSince.map(WireJSON.text) ?? "1", values: MailValues(texts))
    }
}
