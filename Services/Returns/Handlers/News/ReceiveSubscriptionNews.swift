import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Recharge tells that a subscription was cancelled: a return that lets it go on, or only puts a charge off, says so on
/// its timeline, for it was somebody else. A return that cancels it tells itself what it has found.
///
/// *Guarantees*: said once for each cancellation, however often it is told. Nothing else follows from it.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveSubscriptionNews: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let payload = try await ReceivedWebhook(envelope).payload(in: transaction)
        guard let subscription = try event(payload).subscription, subscription.status == .cancelled else { return }
        let name = ReturnRequest.Subscription(provider: RechargeSettings.provider, id: subscription.id)
        for id in try await ReturnStore(transaction).open(of: name) {
            let goods = try await ReturnCase.lock(id, in: transaction)
            guard goods.row.subscriptionAction != .cancel else { continue }
            ReturnTimeline(id, transaction).append(
                ReturnHappening(
                    "return.subscription_ended",
                    "The subscription was cancelled at Recharge, and not for this return: nothing more is charged.",
                    externalRef: "\(name.provider):\(name.id)", dedupeKey: subscription.cancelledAt ?? goods.row.key))
        }
    }

    private func event(_ payload: [UInt8]) throws -> RechargeEvent {
        do {
            return try RechargeEvent(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of Recharge")
        }
    }
}
