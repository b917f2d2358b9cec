import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// How sending a mail ended.
struct MailOutcome: Codable, Sendable, Equatable {
    var outcome: EmailOutcome
    /// The server's words where it took the mail.
    var answer: String?
    var error: Refusal?
}

/// The one call that sends a mail, for both commands that lead to it.
///
/// *Guarantees*: what may have been taken by the server is never sent again; it ends as `unknown`.
struct MailDelivery: Sendable {
    let accounts: MailAccounts

    struct Request: Codable, Sendable {
        var content: MailContent
        var attempt: Int
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> MailOutcome {
        do {
            let (settings, client) = try await accounts.smtp(call.workspaceID)
            let files = try await accounts.documents(request.content.documents, call.workspaceID).map {
                MailMessage.Attachment(name: $0.name, contentType: $0.contentType, bytes: $0.bytes)
            }
            let message = try request.content.message(from: settings, files)
            return MailOutcome(outcome: .sent, answer: try await client.send(message, to: request.content.address()))
        } catch let failure as ProviderFailure {
            return try ended(failure, request.attempt)
        }
    }

    /// What cannot be sent is an outcome; what can be later is thrown, to be tried again.
    private func ended(_ failure: ProviderFailure, _ attempt: Int) throws -> MailOutcome {
        switch failure {
        case .unknownOutcome(let code, let message):
            return MailOutcome(outcome: .unknown, error: Refusal(code: code, message: message))
        case .refused(let code, let message):
            return MailOutcome(outcome: .failed, error: Refusal(code: code, message: message))
        case .transient(let code, let message, _):
            guard let delay = MailSchedule.delay(after: attempt) else {
                return MailOutcome(outcome: .failed, error: Refusal(code: code, message: message))
            }
            throw ProviderFailure.transient(code: code, message: message, retryAfter: delay)
        case .unauthorized(let message):
            // WHY: a wrong login stays wrong however often it is tried, and a server that is asked again and again locks
            // the account. Once the settings are right, the mail is sent again by hand.
            return MailOutcome(
                outcome: .failed,
                error: Refusal(
                    code: "unauthorized",
                    message: "The mail server refuses the login; set 'username' and 'password' of smtp. \(message)"))
        case .postponed:
            throw failure
        }
    }

    /// A process died between the call and its outcome: nobody knows, and nobody can look.
    static let unknown = MailOutcome(
        outcome: .unknown,
        error: Refusal(code: "no_answer", message: "The process ended before the server's answer came."))
}

extension MailDelivery {
    /// The next try of a sending that has begun.
    static func goOn(
        with email: EmailStore.Row, _ content: MailContent, _ store: EmailStore
    ) async throws -> EffectPlan<Request, SendEmail.Reply> {
        let attempt = try await store.countAttempt(email.id)
        return .effect(
            key: EmailStore.effectKey(email.messageKey, generation: email.generation),
            Request(content: content, attempt: attempt))
    }

    /// Writes down how a sending ended, and tells people of one that they should look at.
    static func settle(
        _ outcome: MailOutcome, of request: Request, in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await EmailStore(transaction).settle(request.content.emailID, outcome)
        try MailTrouble(request.content, outcome, transaction).tell()
        return SendEmail.Reply(emailID: request.content.emailID, outcome: outcome.outcome)
    }
}
