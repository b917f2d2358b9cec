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
        let store = EmailStore(transaction)
        guard let email = try await store.lock(command.emailID) else {
            throw Refusal(code: "not_found", message: "There is no e-mail \(command.emailID).")
        }
        guard email.status == "queued", !email.isHeld, email.generation == command.generation,
            let content = email.content
        else { return .reply(email.reply) }
        // WHY: only before the first call: one that is under way must end in this generation.
        if email.calls == 0, let reason = try await MailHold(transaction).reasonBeforeTrials {
            try await store.settle(email.id, MailOutcome(outcome: .queued, error: reason))
            return .reply(SendEmail.Reply(emailID: email.id, outcome: .queued))
        }
        return MailDelivery.goOn(with: email, content)
    }
}
