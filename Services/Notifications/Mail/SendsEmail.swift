import Contracts
import Messaging

/// What the commands that lead to the sending of a mail have in common: everything but when to begin one.
protocol SendsEmail: EffectHandler
where Message.Reply == SendEmail.Reply, Request == MailDelivery.Request, Outcome == MailOutcome {
    var delivery: MailDelivery { get }
}

extension SendsEmail {
    func perform(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome {
        try await delivery.perform(request, for: call)
    }

    func probe(_ request: MailDelivery.Request, for call: EffectCall) async throws -> MailOutcome? {
        try await delivery.probe(request, for: call)
    }

    func settle(
        _ outcome: MailOutcome, of request: MailDelivery.Request, for command: Message,
        in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await MailDelivery.settle(
            outcome, of: request.content.emailID, about: request.content.reference, in: transaction)
    }
}
