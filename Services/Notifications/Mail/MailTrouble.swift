import Commerce
import Contracts
import Messaging

/// A mail that a person should look at: alerts say so.
struct MailTrouble: Sendable {
    private let id: EmailID
    private let reference: String
    private let outcome: MailOutcome
    private let transaction: HandlerTransaction

    /// - Parameter reference: what the mail is about.
    init(_ id: EmailID, _ reference: String, _ outcome: MailOutcome, _ transaction: HandlerTransaction) {
        self.id = id
        self.reference = reference
        self.outcome = outcome
        self.transaction = transaction
    }

    func tell() throws {
        guard outcome.outcome == .failed || outcome.outcome == .unknown,
            outcome.error?.code != "provider_not_configured"
        else {
            return
        }
        let alert = SendSlackAlert.Alert(
            key: "email_\(outcome.outcome.rawValue)/\(outcome.error?.code ?? "")",
            title: outcome.outcome == .failed ? "An e-mail could not be sent" : "Whether an e-mail was sent is unknown",
            // A server's words may name the customer.
            text: (outcome.error?.message ?? "").replacing(/\S+@\S+/, with: "(address)"),
            fields: ["email": id.description, "subject": reference],
            next: ["stateset emails show \(id)", "stateset emails resend \(id) --reason '…'"])
        try transaction.send(SendSlackAlert(alert), subject: id.description)
    }
}
