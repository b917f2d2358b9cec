import Commerce
import Contracts
import Messaging

/// Sends a mail again because somebody says so: the same bytes under the same Message-ID.
struct ResendEmailHandler: EffectHandler {
    typealias Message = ResendEmail

    let delivery: MailDelivery
    let effect = EffectKind("smtp", "email.resend", recovery: .probe(settleTime: .zero))

    func plan(
        _ command: ResendEmail, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        let store = EmailStore(transaction)
        guard let email = try await store.lock(command.emailID) else {
            throw Refusal(code: "not_found", message: "There is no e-mail \(command.emailID).")
        }
        // A redelivery of this command goes on with the sending it has begun.
        let isOurs = email.resentBy == transaction.context.causationID
        guard isOurs || ["unknown", "failed"].contains(email.status), let content = email.content else {
            throw Refusal(
                code: "not_allowed", message: "The e-mail is \(email.status); only unknown and failed ones are resent.")
        }
        guard isOurs else {
            let generation = try await store.begin(email.id)
            try await transaction.audit(
                AuditEntry(action: "email.resent", subject: email.id.description, reason: command.reason))
            return .effect(
                key: EmailStore.effectKey(email.messageKey, generation: generation), .init(content: content, attempt: 1)
            )
        }
        return try await MailDelivery.goOn(with: email, content, store)
    }

    func perform(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome {
        try await delivery.perform(request, for: call)
    }

    func probe(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome? {
        MailDelivery.unknown
    }

    func settle(
        _ outcome: MailOutcome, of request: MailDelivery.Request, for command: ResendEmail,
        in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await MailDelivery.settle(outcome, of: request, in: transaction)
    }
}
