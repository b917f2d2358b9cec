import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Takes the cancellation of a subscription back, where it is ours. One that has ended for good stays so, and people and
/// the customer are told.
struct RestoreReturnSubscriptionHandler: EffectHandler {
    typealias Message = RestoreReturnSubscription

    let accounts: ProviderAccounts
    let effect = EffectKind("subscriptions", "subscription.restore", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
        /// `YYYY-MM-DD`.
        var nextChargeDate: String?
    }

    enum Outcome: String, Codable, Sendable {
        case active, ended, cancelledByOthers
    }

    func plan(
        _ command: RestoreReturnSubscription, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard let subscription = row.request.subscription else { return .reply(Done()) }
        return .effect(
            key: "subscription.restore:\(row.key)",
            Request(key: row.key, subscription: subscription, nextChargeDate: command.nextChargeDate))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        switch request.subscription.provider {
        case RechargeSettings.provider: try await activate(request, call)
        case StripeSettings.provider: try await resume(request, call)
        default: throw ProviderFailure.unknownSubscriptions(request.subscription.provider)
        }
    }

    private func activate(_ request: Request, _ call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let present = try await client.subscription(request.subscription.id)
        switch present.status {
        case .expired: return .ended
        case .cancelled
        where CancellationNote(reading: present.cancellationComments, of: request.key) == nil:
            return .cancelledByOthers
        case .active, .cancelled, .unrecognized:
            _ = try await client.activate(
                request.subscription.id,
                nextChargeDate: request.nextChargeDate.map {
                    BusinessDay.text(notBeforeTomorrow: $0, now: call.now)
                })
            return .active
        }
    }

    private func resume(_ request: Request, _ call: EffectCall) async throws -> Outcome {
        let client = try await accounts.stripe(call.workspaceID)
        do {
            let present = try await client.subscription(request.subscription.id)
            if present.endsWithPeriod,
                CancellationNote(reading: present.cancellationComment, of: request.key) == nil
            {
                return .cancelledByOthers
            }
            _ = try await client.resume(request.subscription.id)
            return .active
        } catch ProviderFailure.refused("subscription_ended", _) {
            return .ended
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RestoreReturnSubscription,
        in transaction: HandlerTransaction
    ) async throws -> Done {
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.subscriptionChange = outcome == .ended ? .cancelled : nil
        try await goods.save(
            ReturnHappening(
                outcome == .active ? "return.subscription_restored" : "return.subscription_not_restored",
                outcome.summary, externalRef: "\(subscription.provider):\(subscription.id)", dedupeKey: request.key))
        if outcome == .ended { try alert(of: goods.row, subscription, in: transaction) }
        return Done()
    }

    private func alert(
        of row: ReturnRow, _ subscription: ReturnRequest.Subscription, in transaction: HandlerTransaction
    ) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_subscription_ended/\(row.key)", title: "A subscription could not be put back",
                    text: "The return that had cancelled it is undone, and it has ended meanwhile: only a new one can "
                        + "follow it. Ask the customer whether to make one.",
                    fields: [
                        "return": "\(row.id)", "order": "\(row.orderID)",
                        "subscription": "\(subscription.provider):\(subscription.id)",
                    ], next: ["stateset returns show \(row.id)"])), subject: row.id.description)
    }
}

extension RestoreReturnSubscriptionHandler.Outcome {
    fileprivate var summary: String {
        switch self {
        case .active: "The subscription goes on."
        case .ended: "The subscription has ended for good: only a new one can follow it."
        case .cancelledByOthers: "Somebody else has cancelled the subscription: it is left as it is."
        }
    }
}
