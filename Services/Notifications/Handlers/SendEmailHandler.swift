import Commerce
import Contracts
import Messaging
import Providers

/// Sends a customer a mail, once for each fact.
struct SendEmailHandler: EffectHandler {
    typealias Message = SendEmail

    let delivery: MailDelivery
    // No settle time: a probe never finds that nothing was sent, so nothing is sent twice.
    let effect = EffectKind("smtp", "email.send", recovery: .probe(settleTime: .zero))

    func plan(
        _ command: SendEmail, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        let store = EmailStore(transaction)
        let key = MessageKey.of(command.template.rawValue, command.subject, command.version)
        if let known = try await store.lock(messageKey: key) {
            return try await again(known, store)
        }
        let draft = try await EmailDraft(command, messageKey: key, transaction)
        switch try await draft.compose() {
        case .ended(let outcome):
            try await store.insert(draft.email, content: nil, outcome)
            return .reply(SendEmail.Reply(emailID: draft.email.id, outcome: outcome.outcome))
        case .content(let content):
            try await store.insert(draft.email, content: content, nil)
            return .effect(key: EmailStore.effectKey(key, generation: 1), .init(content: content, attempt: 1))
        }
    }

    /// The fact is known: it is being sent, or its outcome stands.
    private func again(
        _ email: EmailStore.Row, _ store: EmailStore
    ) async throws -> EffectPlan<MailDelivery.Request, SendEmail.Reply> {
        guard email.status == "queued", let content = email.content else {
            return .reply(SendEmail.Reply(emailID: email.id, outcome: EmailOutcome(rawValue: email.status) ?? .unknown))
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
        _ outcome: MailOutcome, of request: MailDelivery.Request, for command: SendEmail,
        in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await MailDelivery.settle(outcome, of: request, in: transaction)
    }
}
