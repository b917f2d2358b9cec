import Commerce
import Contracts
import Logging
import Messaging
import Providers

/// Tells a workspace's people of trouble, once for a storm of it.
///
/// *Guarantees*: every alert is kept with its words, whatever becomes of its message.
struct SendSlackAlertHandler: EffectHandler {
    typealias Message = SendSlackAlert

    let accounts: MailAccounts
    let logger: Logger
    // Slack knows no key: what may have been posted is not posted again.
    let effect = EffectKind("slack", "alert.post", recovery: .probe(settleTime: .zero))

    /// LIMIT: one message a quarter of an hour for each trouble; what comes in between is counted.
    static let window = Duration.minutes(15)
    private static let notConfigured = "provider_not_configured"

    struct Request: Codable, Sendable {
        var alert: SendSlackAlert.Alert
        /// How often the trouble came since it was told of last.
        var unheard: Int
    }

    struct Outcome: Codable, Sendable {
        var outcome: SendSlackAlert.Reply.Outcome
        /// Why it is no better.
        var error: String?
    }

    func plan(
        _ command: SendSlackAlert, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SendSlackAlert.Reply> {
        let (alerts, history) = (AlertStore(transaction), AlertHistory(transaction))
        let cause = transaction.context.causationID ?? ""
        if let open = try await alerts.opened(by: cause, command.alert.key) {
            return .effect(key: open, Request(alert: command.alert, unheard: 0))
        }
        guard let (post, unheard) = try await alerts.open(command.alert.key, by: cause, window: Self.window) else {
            try await history.keep(command.alert, SendSlackAlert.Reply.Outcome.grouped.rawValue)
            return .reply(.init(outcome: .grouped))
        }
        try await history.keep(command.alert, AlertHistory.pending)
        return .effect(
            key: AlertStore.effectKey(command.alert.key, post: post), Request(alert: command.alert, unheard: unheard))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            try await accounts.slack(call.workspaceID).post(request.message)
            return Outcome(outcome: .posted)
        } catch let failure as ProviderFailure {
            switch failure {
            case .refused(Self.notConfigured, let message): return untold(request, .off, Self.notConfigured, message)
            case .refused(let code, let message): return untold(request, .failed, code, message)
            case .unknownOutcome(let code, let message): return untold(request, .unknown, code, message)
            case .unauthorized(let message): return untold(request, .failed, "unauthorized", message)
            case .transient, .postponed: throw failure
            }
        }
    }

    /// Nobody waits for the reply, and an alert about alerts would take the same way: this shows in the log and the list of
    /// alerts, and a refusal in a mail.
    private func untold(
        _ request: Request, _ outcome: SendSlackAlert.Reply.Outcome, _ code: String, _ message: String
    ) -> Outcome {
        logger.error(
            "an alert was not posted, or may not have been",
            metadata: [
                "alert": "\(request.alert.key)", "title": "\(request.alert.title)", "text": "\(request.alert.text)",
                "outcome": "\(outcome.rawValue)", "error_code": "\(code)", "error": "\(message)",
            ])
        return Outcome(outcome: outcome, error: message)
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? { Outcome(outcome: .unknown) }

    func settle(
        _ outcome: Outcome, of request: Request, for command: SendSlackAlert, in transaction: HandlerTransaction
    ) async throws -> SendSlackAlert.Reply {
        try await AlertHistory(transaction).keep(request.alert, outcome.outcome.rawValue)
        if outcome.outcome == .failed { try await mail(outcome.error, in: transaction) }
        return .init(outcome: outcome.outcome)
    }

    /// What Slack refuses it goes on refusing: the workspace's people hear of it once a day.
    private func mail(_ reason: String?, in transaction: HandlerTransaction) async throws {
        guard let address = try await MailSettings(transaction).text(.operators) else { return }
        var texts: [String: String] = [:]
        texts["reason"] = reason
        let mail = SendEmail(
            template: .alertsRefused, orderID: nil, recipient: .init(email: address, name: nil),
            subject: SlackSettings.provider, version: BusinessDay.text(transaction.now), values: MailValues(texts))
        try transaction.send(mail, subject: mail.subject)
    }
}

extension SendSlackAlertHandler.Request {
    fileprivate var message: SlackMessage {
        var fields = alert.fields.sorted { $0.key < $1.key }.map { SlackMessage.Field($0.key, $0.value) }
        if unheard > 0 { fields.append(.init("Since the last message", "\(unheard) more")) }
        return SlackMessage(
            title: alert.title, text: alert.text, fields: fields, lines: alert.next ?? [], link: alert.link)
    }
}
