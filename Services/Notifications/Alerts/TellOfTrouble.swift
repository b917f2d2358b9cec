import Commerce
import Contracts
import Messaging

/// Public events that are trouble: people are told of them.
struct TellOfTrouble: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) throws {
        guard let event = PublicEvent(rawValue: envelope.attributes.type), let title = Self.titles[event] else {
            return
        }
        let subject = envelope.attributes.subject ?? envelope.attributes.id
        // A record without a reason is trouble all the same.
        let reason = (try? envelope.data(Record.self))?.reason
        let alert = SendSlackAlert.Alert(
            key: event == .webhookDisabling ? "\(event.rawValue)/\(subject)" : event.rawValue, title: title,
            text: reason ?? "", fields: ["About": subject])
        try transaction.send(SendSlackAlert(alert), subject: subject)
    }

    private struct Record: Decodable {
        var reason: String?
    }

    private static let titles: [PublicEvent: String] = [
        .webhookDisabling: "A webhook endpoint keeps failing", .refundFailed: "A refund failed",
    ]
}
