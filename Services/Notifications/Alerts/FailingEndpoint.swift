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

    // LIMIT: a delivery is tried for 27.6 hours: what has failed since then came about at most so long before.
    private static let triedFor = Duration.days(2)

    /// The time that whoever sends again begins with; a blank to fill in where nothing has failed.
    static func missed(since failing: Date?) -> String {
        failing.map { WireJSON.text($0 - triedFor.timeInterval) } ?? "…"
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
            next: isOff ? resuming(subject) : ["stateset webhooks show \(subject)"])
    }

    /// What came before it was switched off has failed, what comes after that is skipped.
    private func resuming(_ subject: String) -> [String] {
        let resend = "stateset webhooks resend \(subject) --since \(Self.missed(since: failingSince)) --status"
        return ["stateset webhooks resume \(subject)", "\(resend) failed", "\(resend) skipped"]
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
            return "What happens from now on is not delivered: resume it, then resend what it has missed."
        }
        return percent.map { "\($0) % of the time until it is switched off has passed." }
    }
}
