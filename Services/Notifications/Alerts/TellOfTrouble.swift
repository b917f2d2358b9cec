import Commerce
import Contracts
import Messaging
import Providers

/// Public events that are trouble: people are told of them, of an endpoint that fails by mail as well.
struct TellOfTrouble: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        guard let event = PublicEvent(rawValue: envelope.attributes.type) else { return }
        let subject = envelope.attributes.subject ?? envelope.attributes.id
        let alert: SendSlackAlert.Alert
        switch event {
        // A record that cannot be read is trouble all the same.
        case .webhookDisabling:
            let endpoint = (try? envelope.data(FailingEndpoint.self)) ?? FailingEndpoint()
            alert = endpoint.alert(about: subject)
            if let address = try await MailSettings(transaction).text(.operators) {
                try transaction.send(
                    endpoint.mail(about: subject, to: address, cause: envelope.attributes.id), subject: subject)
            }
        case .refundFailed:
            let refund = (try? envelope.data(FailedRefund.self)) ?? FailedRefund()
            alert = refund.alert(about: subject)
        default: return
        }
        try transaction.send(SendSlackAlert(alert), subject: subject)
    }
}
