import Commerce
import Contracts
import Messaging
import Providers

/// Leaves the subscription of a return out of one charge at Recharge.
///
/// *Guarantees*: the charge is named by its day, so that a lost answer never skips the one after, too.
struct SkipReturnChargeHandler: EffectHandler {
    typealias Message = SkipReturnCharge

    let accounts: ProviderAccounts
    let effect = EffectKind("recharge", "charge.skip", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
        /// `YYYY-MM-DD`.
        var chargeDate: String
    }

    struct Outcome: Codable, Sendable {
        var byUs: Bool
    }

    func plan(
        _ command: SkipReturnCharge, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SkipReturnCharge.Reply> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        return .effect(
            key: "charge.skip:\(row.key)",
            Request(key: row.key, subscription: try row.subscriptionToPutOff(), chargeDate: command.chargeDate))
    }

    /// WHY: what is skipped before the first call, or after the absence of ours counted, somebody else has skipped.
    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let subscription = try await client.subscription(request.subscription.id)
        guard try await client.charge(of: subscription, on: request.chargeDate)?.status != "skipped" else {
            return Outcome(byUs: false)
        }
        _ = try await client.skip(subscription, on: request.chargeDate)
        return Outcome(byUs: true)
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        let client = try await accounts.recharge(call.workspaceID)
        let subscription = try await client.subscription(request.subscription.id)
        let charge = try await client.charge(of: subscription, on: request.chargeDate)
        return charge?.status == "skipped" ? Outcome(byUs: true) : nil
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: SkipReturnCharge, in transaction: HandlerTransaction
    ) async throws -> SkipReturnCharge.Reply {
        let subscription = request.subscription
        let date = request.chargeDate
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if outcome.byUs { goods.row.subscriptionChange = .skipped(date) }
        try await goods.save(
            ReturnHappening(
                "return.charge_skipped",
                outcome.byUs
                    ? "The subscription's charge of \(date) is skipped; it goes on with the one after."
                    : "The subscription's charge of \(date) was skipped before: it is left as it is.",
                externalRef: "\(subscription.provider):\(subscription.id)", dedupeKey: request.key))
        return SkipReturnCharge.Reply(byUs: outcome.byUs)
    }
}
