import Commerce
import Contracts
import Messaging
import Providers

/// Takes the pause of a return's subscription back, where its next charge is still where that has put it.
struct ResumeReturnSubscriptionHandler: EffectHandler {
    typealias Message = ResumeReturnSubscription

    let accounts: ProviderAccounts
    let effect = EffectKind("recharge", "subscription.resume", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
        /// `YYYY-MM-DD`, both.
        var chargeDate, pausedUntil: String
    }

    enum Outcome: Codable, Sendable, Equatable {
        /// Charged next on this day.
        case resumed(String)
        case ended, movedByOthers
    }

    func plan(
        _ command: ResumeReturnSubscription, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        return .effect(
            key: "subscription.resume:\(row.key)",
            Request(
                key: row.key, subscription: try row.subscriptionToPutOff(), chargeDate: command.chargeDate,
                pausedUntil: command.pausedUntil))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let present = try await client.subscription(request.subscription.id)
        guard present.status == .active else { return .ended }
        let date = BusinessDay.text(notBeforeTomorrow: request.chargeDate, now: call.now)
        // An earlier sending may have resumed it.
        if present.nextChargeDate == date { return .resumed(date) }
        guard present.nextChargeDate == request.pausedUntil else { return .movedByOthers }
        _ = try await client.setNextChargeDate(request.subscription.id, date)
        return .resumed(date)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: ResumeReturnSubscription,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.subscriptionChange = nil
        try await goods.save(
            ReturnHappening(
                outcome.type, outcome.summary, externalRef: "\(subscription.provider):\(subscription.id)",
                dedupeKey: request.key))
        return Done()
    }
}

extension ResumeReturnSubscriptionHandler.Outcome {
    fileprivate var type: String {
        if case .resumed = self { "return.subscription_resumed" } else { "return.subscription_not_resumed" }
    }

    fileprivate var summary: String {
        switch self {
        case .resumed(let date): "The subscription goes on: it is charged next on \(date)."
        case .ended: "The subscription has ended meanwhile: nothing of it is charged."
        case .movedByOthers: "Somebody else has moved the next charge of the subscription: it is left as it is."
        }
    }
}
