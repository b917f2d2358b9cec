import Commerce
import Contracts
import Messaging

/// Sends a mail again because somebody says so: the same bytes under the same Message-ID. One that could not be worded
/// is worded now.
struct ResendEmailHandler: SendsEmail {
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
        if email.resentBy == transaction.context.causationID {
            return try await MailDelivery.goOn(with: email, in: transaction)
        }
        guard email.isHeld || ["unknown", "failed"].contains(email.status) else {
            throw Refusal(
                code: "not_allowed",
                message: "The e-mail is \(email.status); only unknown, failed and held ones are resent.")
        }
        let composed = try await words(of: email, in: transaction)
        try await transaction.audit(
            AuditEntry(action: "email.resent", subject: email.id.description, reason: command.reason))
        switch composed {
        case .ended(let outcome):
            return .reply(
                try await MailDelivery.settle(outcome, of: email.id, about: email.subject, in: transaction))
        case .content(let content):
            let generation = try await store.begin(email.id, asTrial: email.isHeld)
            // WHY: one that is held goes at once, as a trial by hand; many that failed wait with the others.
            if !email.isHeld, let reason = try await MailHold(transaction).reason {
                try await store.settle(email.id, MailOutcome(outcome: .queued, error: reason))
                return .reply(SendEmail.Reply(emailID: email.id, outcome: .queued))
            }
            return .effect(
                key: EmailStore.effectKey(email.messageKey, generation: generation),
                .init(content: content, generation: generation, calls: 0))
        }
    }

    private func words(
        of email: EmailStore.Row, in transaction: HandlerTransaction
    ) async throws -> EmailDraft.Composed {
        if let content = email.content { return .content(content) }
        guard let command = email.command else {
            throw Refusal(
                code: "not_allowed",
                message: "What the e-mail was to say is kept for 90 days and is gone, so it cannot be sent again.")
        }
        let draft = try await EmailDraft(command, as: email.id, messageKey: email.messageKey, transaction)
        let composed = draft.compose()
        if case .content(let content) = composed { try await EmailStore(transaction).fill(email.id, content) }
        return composed
    }
}
