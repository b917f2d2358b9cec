import Commerce
import Contracts
import Messaging
import Providers

/// Puts the next charge of a return's subscription off at Recharge, which has no other pause.
struct PauseReturnSubscriptionHandler: EffectHandler {
    typealias Message = PauseReturnSubscription

    let accounts: ProviderAccounts
    let effect = EffectKind("recharge", "subscription.pause", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
        /// `YYYY-MM-DD`: the new day of the next charge.
        var until: String
    }

    enum Outcome: String, Codable, Sendable {
        case paused, ended
        /// It is charged later than that anyway.
        case later
    }

    func plan(
        _ command: PauseReturnSubscription, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, PauseReturnSubscription.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard let date = ShopDay(command.chargeDate) else {
            throw Refusal(code: "bad_date", message: "'\(command.chargeDate)' is no date such as 2026-11-01.")
        }
        return .effect(
            key: "subscription.pause:\(row.key)",
            Request(key: row.key, subscription: try row.subscriptionToPutOff(), until: "\(date + command.days)"))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let present = try await client.subscription(request.subscription.id)
        guard present.status == .active else { return .ended }
        // An earlier sending may have put it off.
        if present.nextChargeDate == request.until { return .paused }
        if let next = present.nextChargeDate, next > request.until { return .later }
        _ = try await client.setNextChargeDate(request.subscription.id, request.until)
        return .paused
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: PauseReturnSubscription,
        in transaction: HandlerTransaction
    ) async throws -> PauseReturnSubscription.Reply {
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if outcome == .paused { goods.row.subscriptionChange = .paused(until: request.until) }
        try await goods.save(
            ReturnHappening(
                outcome == .paused ? "return.subscription_paused" : "return.subscription_not_paused",
                outcome.summary(from: command.chargeDate, until: request.until),
                externalRef: "\(subscription.provider):\(subscription.id)", dedupeKey: request.key))
        return PauseReturnSubscription.Reply(pausedUntil: outcome == .paused ? request.until : nil)
    }
}

extension PauseReturnSubscriptionHandler.Outcome {
    fileprivate func summary(from date: String, until: String) -> String {
        switch self {
        case .paused: "The subscription is paused: it is charged next on \(until), not on \(date)."
        case .ended: "The subscription has ended before: no charge of it is put off."
        case .later: "The subscription is charged later than \(until) anyway: it is left as it is."
        }
    }
}
