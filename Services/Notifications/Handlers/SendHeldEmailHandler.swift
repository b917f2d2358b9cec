import Commerce
import Contracts
import Messaging
import Providers

/// Sends a mail that was held: the same bytes under the same Message-ID.
struct SendHeldEmailHandler: EffectHandler {
    typealias Message = SendHeldEmail

    let delivery: MailDelivery
    let effect = EffectKind("smtp", "email.send_held", recovery: .probe(settleTime: .zero))

    func plan(
        _ command: SendHeldEmail, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        let store = EmailStore(transaction)
        guard var email = try await store.lock(command.emailID) else {
            throw Refusal(code: "not_found", message: "There is no e-mail \(command.emailID).")
        }
        guard email.status == "queued", let content = email.content else { return .reply(email.reply) }
        // A redelivery of this command goes on with the sending it has begun.
        if email.resentBy == nil || email.resentBy != transaction.context.causationID {
            guard email.generation == command.generation else { return .reply(email.reply) }
            email.generation = try await store.begin(email.id)
            email.calls = 0
        }
        return MailDelivery.goOn(with: email, content)
    }

    func perform(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome {
        try await delivery.perform(request, for: call)
    }

    func probe(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome? {
        try await delivery.probe(request, for: call)
    }

    func settle(
        _ outcome: MailOutcome, of request: MailDelivery.Request, for command: SendHeldEmail,
        in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await MailDelivery.settle(
            outcome, of: request.content.emailID, about: request.content.reference, in: transaction)
    }
}
