import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Providers
import ServiceKit

/// How sending a mail ended.
struct MailOutcome: Codable, Sendable, Equatable {
    var outcome: EmailOutcome
    /// The server's words where it took the mail.
    var answer: String?
    var error: Refusal?
    /// Whether the server has let us in, whatever it said of the mail; nil where it was not asked.
    var letIn: Bool?

    static func failed(_ code: String, _ message: String) -> MailOutcome {
        MailOutcome(outcome: .failed, error: Refusal(code: code, message: message))
    }

    /// It would be the same for every mail of the workspace.
    static func held(_ code: String, _ message: String) -> MailOutcome {
        MailOutcome(outcome: .queued, error: Refusal(code: code, message: message))
    }
}

/// The one call that sends a mail, for all commands that lead to it.
///
/// *Guarantees*: what may have been taken by the server is never sent again; it ends as `unknown`. What broke before the
/// server was called, or a process that died before, ends nothing: the mail is sent. What is wrong with the workspace's
/// settings fails no mail: it is held until they work. A workspace whose server is slow delays no other's mails.
struct MailDelivery: Sendable {
    let accounts: MailAccounts
    let calls: MailCallStore
    let slots: MailSlots

    struct Request: Codable, Sendable {
        var content: MailContent
        var generation: Int
        /// How many calls there were when this one was planned.
        var calls: Int
    }

    /// Codes of settings that nothing can be sent with, before a server is asked; that there are none is a choice.
    private static let ofSettings: Set = [
        ProviderSettingsError.Code.malformed.rawValue,
        ProviderSettingsError.Code.unreadableSecrets.rawValue,
    ]
    /// Codes of a server that is not the one the settings mean: no such name, no certificate of its name, no service.
    private static let ofServer: Set = [
        HTTPTransportError.Code.resolve.rawValue, HTTPTransportError.Code.tls.rawValue,
        HTTPTransportError.Code.noService.rawValue,
    ]

    /// The code of a server that knows us and lets us not in.
    static let wrongLogin = "unauthorized"

    private struct Prepared {
        var client: SMTPClient
        var message: [UInt8]
        var recipient: MailAddress
        var triesMax: Int
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> MailOutcome {
        if let wait = slots.enter(call.workspaceID) {
            throw ProviderFailure.postponed(
                code: "mail_server_busy", message: "As many mails of the workspace are being sent as may be at once.",
                delay: wait)
        }
        let start = ContinuousClock.now
        defer { slots.leave(call.workspaceID, after: ContinuousClock.now - start) }
        return try await send(request, for: call)
    }

    private func send(_ request: Request, for call: EffectCall) async throws -> MailOutcome {
        let (id, workspace) = (request.content.emailID, call.workspaceID)
        let mail: Prepared
        do {
            mail = try await prepare(request.content, workspace)
        } catch ProviderFailure.refused(let code, let message) {
            return Self.ofSettings.contains(code) ? .held(code, message) : .failed(code, message)
        }
        guard
            let number = try await calls.begin(
                id, generation: request.generation, after: request.calls, in: workspace)
        else {
            throw ProviderFailure.postponed(
                code: "busy", message: "Another process is sending the mail.", delay: .seconds(3))
        }
        do {
            let answer = try await mail.client.send(mail.message, to: mail.recipient)
            return MailOutcome(outcome: .sent, answer: answer, letIn: true)
        } catch {
            guard case .unknownOutcome(let code, let message) = error else {
                try await calls.end(id, generation: request.generation, call: number, in: workspace)
                return try ended(error, try: number, of: mail.triesMax)
            }
            return MailOutcome(outcome: .unknown, error: Refusal(code: code, message: message), letIn: true)
        }
    }

    private func prepare(_ content: MailContent, _ workspace: WorkspaceID) async throws -> Prepared {
        let (settings, client) = try await accounts.smtp(workspace)
        let files = try await accounts.documents(content.documents, workspace).map {
            MailMessage.Attachment(name: $0.name, contentType: $0.contentType, bytes: $0.bytes)
        }
        return Prepared(
            client: client, message: try content.message(from: settings, files), recipient: try content.address(),
            triesMax: MailSchedule.triesMax(settings.attemptsMax))
    }

    /// What cannot be sent is an outcome; what can be later is thrown, to be tried again.
    private func ended(_ failure: ProviderFailure, try number: Int, of triesMax: Int) throws -> MailOutcome {
        switch failure {
        case .refused(HTTPTransportError.Code.invalidURL.rawValue, let message):
            return .held(
                HTTPTransportError.Code.invalidURL.rawValue,
                "The mail server cannot be asked; see 'host', 'port' and 'from_address' of smtp. \(message)")
        case .refused(HTTPTransportError.Code.invalidRequest.rawValue, let message):
            // No server was asked.
            return .failed(HTTPTransportError.Code.invalidRequest.rawValue, message)
        case .refused(let code, let message):
            var outcome = MailOutcome.failed(code, message)
            outcome.letIn = true
            return outcome
        case .transient(let code, let message, _) where Self.ofServer.contains(code):
            return .held(
                code,
                "The mail server is not found, not trusted or takes nothing; see 'host' and 'security' of smtp. "
                    + message)
        case .transient(let code, let message, _):
            guard let delay = MailSchedule.delay(after: number, of: triesMax) else {
                return .failed(code, message)
            }
            throw ProviderFailure.transient(code: code, message: message, retryAfter: delay)
        case .unauthorized(let message):
            // WHY: a wrong login stays wrong with every mail, and a server that is asked again and again locks the account.
            return .held(
                Self.wrongLogin,
                "The mail server refuses the login; set 'username' and 'password' of smtp. \(message)")
        case .postponed, .unknownOutcome:
            throw failure
        }
    }

    /// A process died, or the database went away, with a call open or before it: only the former may have sent something,
    /// and nobody can look.
    func probe(_ request: Request, for call: EffectCall) async throws -> MailOutcome? {
        guard try await calls.isOpen(request.content.emailID, in: call.workspaceID) else { return nil }
        return MailOutcome(
            outcome: .unknown,
            error: Refusal(code: "no_answer", message: "The process ended before the server's answer came."))
    }
}

extension MailDelivery {
    /// The next try of a sending that has begun; how the mail stands where there is none.
    ///
    /// One that was put off before its first call joins those that are held meanwhile: thousands may have been, and each
    /// would knock. A trial goes all the same.
    static func goOn(
        with email: EmailStore.Row, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SendEmail.Reply> {
        guard email.status == "queued", !email.isHeld, let content = email.content else {
            return .reply(email.reply)
        }
        // WHY: only before the first call: one that is under way must end in this generation.
        if email.calls == 0, !email.isTrial, let reason = try await MailHold(transaction).reason {
            try await EmailStore(transaction).settle(email.id, MailOutcome(outcome: .queued, error: reason))
            return .reply(SendEmail.Reply(emailID: email.id, outcome: .queued))
        }
        return .effect(
            key: EmailStore.effectKey(email.messageKey, generation: email.generation),
            Request(content: content, generation: email.generation, calls: email.calls))
    }

    /// Writes down how a sending ended, and tells people of one that they should look at.
    static func settle(
        _ outcome: MailOutcome, of id: EmailID, about reference: String, in transaction: HandlerTransaction
    ) async throws -> SendEmail.Reply {
        try await EmailStore(transaction).settle(id, outcome)
        try await MailHold(transaction).hear(outcome)
        try MailTrouble(id, reference, outcome, transaction).tell()
        return SendEmail.Reply(emailID: id, outcome: outcome.outcome)
    }
}
