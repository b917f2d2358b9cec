import Commerce
import Contracts
import Foundation
import Messaging

/// What `webhook.disabling` says, as people are told it: how far it is, or that the endpoint is off.
struct FailingEndpoint: Decodable {
    var url: String?
    var percent: Int?
    var disabled: Bool?
    var failingSince: Date?
    var disablesAt: Date?
    var reason: String?

    enum CodingKeys: String, CodingKey {
        case url, percent, disabled, reason
        case failingSince = "failing_since"
        case disablesAt = "disables_at"
    }

    /// As mails say when.
    static func day(_ time: Date) -> String { time.formatted(Date.ISO8601FormatStyle().year().month().day()) }

    /// Warnings and the end have keys of their own: one that follows another soon is told as well.
    func alert(about subject: String) -> SendSlackAlert.Alert {
        let isOff = disabled == true
        var fields = ["webhook": subject]
        fields["url"] = url
        if !isOff { fields["disables_at"] = disablesAt.map(WireJSON.text) }
        return SendSlackAlert.Alert(
            key: "\(PublicEvent.webhookDisabling.rawValue)/\(subject)/\(isOff ? "off" : "\(percent ?? 0)")",
            title: isOff ? "A webhook endpoint was switched off" : "A webhook endpoint keeps failing",
            text: [reason, outlook(isOff)].compactMap { $0 }.joined(separator: " "), fields: fields,
            next: isOff
                ? MissedEvents.takenUp(by: subject, failingSince: failingSince) : ["stateset webhooks show \(subject)"])
    }

    /// The same by mail, once for each warning of a row of failures.
    /// - Parameter cause: names an end that comes of no such row.
    func mail(about subject: String, to address: String, cause: String) -> SendEmail {
        let isOff = disabled == true
        var texts: [String: String] = [:]
        texts["link"] = url
        if isOff {
            texts["reason"] = reason
        } else {
            texts["date"] = disablesAt.map(Self.day)
        }
        return SendEmail(
            template: isOff ? .webhookDisabled : .webhookFailing, orderID: nil,
            recipient: .init(email: address, name: nil), subject: subject,
            version: "\(failingSince.map(WireJSON.text) ?? cause)/\(percent ?? 100)", values: MailValues(texts))
    }

    private func outlook(_ isOff: Bool) -> String? {
        guard !isOff else {
            return "What happens from now on is not delivered: resend what it has missed, then resume it."
        }
        return percent.map { "\($0) % of the time until it is switched off has passed." }
    }
}
