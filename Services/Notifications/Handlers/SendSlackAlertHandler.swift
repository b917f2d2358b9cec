import Commerce
import Contracts
import Messaging
import Providers

/// Tells a workspace's people of trouble, once for a storm of it.
struct SendSlackAlertHandler: EffectHandler {
    typealias Message = SendSlackAlert

    let accounts: MailAccounts
    // Slack knows no key: what may have been posted is not posted again.
    let effect = EffectKind("slack", "alert.post", recovery: .probe(settleTime: .zero))

    /// LIMIT: one message a quarter of an hour for each trouble; what comes in between is counted.
    static let window = Duration.minutes(15)

    struct Request: Codable, Sendable {
        var alert: SendSlackAlert.Alert
        /// How often the trouble came since it was told of last.
        var unheard: Int
    }

    struct Outcome: Codable, Sendable {
        var outcome: SendSlackAlert.Reply.Outcome
    }

    func plan(
        _ command: SendSlackAlert, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SendSlackAlert.Reply> {
        let alerts = AlertStore(transaction)
        let cause = transaction.context.causationID ?? ""
        if let open = try await alerts.opened(by: cause, command.alert.key) {
            return .effect(key: open, Request(alert: command.alert, unheard: 0))
        }
        guard let (post, unheard) = try await alerts.open(command.alert.key, by: cause, window: Self.window) else {
            return .reply(.init(outcome: .grouped))
        }
        return .effect(
            key: AlertStore.effectKey(command.alert.key, post: post), Request(alert: command.alert, unheard: unheard))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            try await accounts.slack(call.workspaceID).post(request.message)
            return Outcome(outcome: .posted)
        } catch let failure as ProviderFailure {
            switch failure {
            case .refused(let code, _): return Outcome(outcome: code == "provider_not_configured" ? .off : .failed)
            case .unknownOutcome: return Outcome(outcome: .unknown)
            case .transient, .unauthorized, .postponed: throw failure
            }
        }
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? { Outcome(outcome: .unknown) }

    func settle(
        _ outcome: Outcome, of request: Request, for command: SendSlackAlert, in transaction: HandlerTransaction
    ) async throws -> SendSlackAlert.Reply {
        .init(outcome: outcome.outcome)
    }
}

extension SendSlackAlertHandler.Request {
    fileprivate var message: SlackMessage {
        var fields = alert.fields.sorted { $0.key < $1.key }.map { SlackMessage.Field($0.key, $0.value) }
        if unheard > 0 { fields.append(.init("Since the last message", "\(unheard) more")) }
        return SlackMessage(title: alert.title, text: alert.text, fields: fields, link: alert.link)
    }
}
