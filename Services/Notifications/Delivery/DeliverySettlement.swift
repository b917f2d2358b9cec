import Commerce
import Contracts
import Foundation
import Messaging

/// Writes down how a call ended: the delivery's next try or its end, and how its endpoint fares.
struct DeliverySettlement: Sendable {
    let outbox: TransactionalOutbox
    /// LIMIT: room here comes free as calls end, which take seconds.
    static let putOff = Duration.seconds(1)
    /// LIMIT: a key that is missing comes with the service's next start; until then every look is an error in the log.
    static let keyless = Duration.minutes(5)
    /// What the tenant is told of it: which key is missing is not theirs to know.
    static let keylessWords = "not called: it cannot be signed at present, for a reason that lies with us"
    var jitter: @Sendable () -> Double = { .random(in: 0.9...1.1) }

    func callAsFunction(_ delivery: ClaimedDelivery, _ result: AttemptResult) async throws {
        let context = MessageContext(workspaceID: delivery.workspaceID, actor: ServiceName.notifications.rawValue)
        try await outbox.transaction(context) { transaction in
            let store = DeliveryStore(transaction)
            switch result.obstacle {
            case .noRoom?:
                return try await store.putOff(delivery, until: transaction.now + Self.putOff.timeInterval, nil)
            case .noKey?:
                let until = transaction.now + Self.keyless.timeInterval
                // The endpoint as a whole: its other deliveries would be signed with the same secret.
                try await WebhookStore(transaction).throttle(delivery.webhookID, until: until)
                return try await store.putOff(delivery, until: until, Self.keylessWords)
            case nil: break
            }
            let next = nextAttempt(delivery, result, transaction.now)
            let isOurs = try await store.finish(delivery, result, at: transaction.now, nextAttemptAt: next)
            // A test says nothing of how events fare.
            guard isOurs, !delivery.isTest else { return }
            try await EndpointHealth(id: delivery.webhookID, transaction: transaction).note(result)
        }
    }

    private func nextAttempt(_ delivery: ClaimedDelivery, _ result: AttemptResult, _ now: Date) -> Date? {
        guard result.verdict == .failed, !delivery.isTest else { return nil }
        let delay = RetrySchedule.delay(
            afterTry: delivery.tries, retryAfter: result.retryAfter, jitter: jitter())
        return delay.map { now + $0.timeInterval }
    }
}
