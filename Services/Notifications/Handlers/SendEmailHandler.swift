import Commerce
import Contracts
import Messaging
import Providers

/// Sends a customer a mail, once for each fact.
struct SendEmailHandler: SendsEmail {
    typealias Message = SendEmail

    let delivery: MailDelivery
    // No settle time: the row of the mail says for certain that no call was begun.
    let effect = EffectKind("smtp", "email.send", recovery: .probe(settleTime: .zero))

    func plan(
        _ command: SendEmail, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        let store = EmailStore(transaction)
        let key = MessageKey.of(command.template.rawValue, command.subject, command.version)
        if let known = try await store.lock(messageKey: key) {
            return try await MailDelivery.goOn(with: known, in: transaction)
        }
        let draft = try await EmailDraft(command, messageKey: key, transaction)
        switch draft.compose() {
        case .ended(let outcome):
            try await store.insert(draft.email, askedBy: command, outcome)
            try MailTrouble(draft.email.id, command.subject, outcome, transaction).tell()
            return .reply(SendEmail.Reply(emailID: draft.email.id, outcome: outcome.outcome))
        case .content(let content):
            try await store.insert(draft.email, content)
            if let reason = try await MailHold(transaction).reason {
                try await store.settle(draft.email.id, MailOutcome(outcome: .queued, error: reason))
                return .reply(SendEmail.Reply(emailID: draft.email.id, outcome: .queued))
            }
            return .effect(
                key: EmailStore.effectKey(key, generation: 1), .init(content: content, generation: 1, calls: 0))
        }
    }
}
