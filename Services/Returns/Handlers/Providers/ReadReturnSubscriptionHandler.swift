import Commerce
import Contracts
import Messaging
import Providers

/// Reads when the subscription of a return is charged next.
struct ReadReturnSubscriptionHandler: EffectHandler {
    typealias Message = ReadReturnSubscription

    let accounts: ProviderAccounts
    let effect = EffectKind("recharge", "subscription.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
    }

    func plan(
        _ command: ReadReturnSubscription, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, ReadReturnSubscription.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        // WHY: kept, for a run that begins again must put off, and take back, the same charge.
        return .effect(
            key: "subscription.read:\(row.key)", Request(key: row.key, subscription: try row.subscriptionToPutOff()))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> ReadReturnSubscription.Reply {
        let client = try await accounts.recharge(call.workspaceID)
        let present = try await client.subscription(request.subscription.id)
        guard present.status == .active else { return ReadReturnSubscription.Reply(nextChargeDate: nil) }
        guard let date = try await client.nextCharge(of: present) else {
            throw ProviderFailure.refused(
                code: "nothing_planned", message: "No charge of the subscription is planned that could be put off.")
        }
        return ReadReturnSubscription.Reply(nextChargeDate: date)
    }

    func settle(
        _ outcome: ReadReturnSubscription.Reply, of request: Request, for command: ReadReturnSubscription,
        in transaction: HandlerTransaction
    ) async throws -> ReadReturnSubscription.Reply {
        guard outcome.nextChargeDate == nil else { return outcome }
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await goods.save(
            ReturnHappening(
                "return.subscription_not_active", "The subscription has ended before: no charge of it is put off.",
                externalRef: "\(subscription.provider):\(subscription.id)", dedupeKey: request.key))
        return outcome
    }
}
