import Commerce
import Contracts
import Messaging
import Providers

/// Sends a mail that was held: the same bytes under the same Message-ID.
struct SendHeldEmailHandler: SendsEmail {
    typealias Message = SendHeldEmail

    let delivery: MailDelivery
    let effect = EffectKind("smtp", "email.send_held", recovery: .probe(settleTime: .zero))

    func plan(
        _ command: SendHeldEmail, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        guard let email = try await EmailStore(transaction).lock(command.emailID) else {
            throw Refusal(code: "not_found", message: "There is no e-mail \(command.emailID).")
        }
        guard email.generation == command.generation else { return .reply(email.reply) }
        return try await MailDelivery.goOn(with: email, in: transaction)
    }
}
