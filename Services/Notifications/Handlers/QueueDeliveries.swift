import Messaging

/// Something happened that the world outside may be told of: a delivery for every endpoint that asked for it, in the
/// transaction that takes the event.
///
/// *Failure*: ``MalformedMessage`` for data that is no object.
struct QueueDeliveries: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        try await DeliveryStore(transaction).queue(WebhookMessage(envelope, now: transaction.now))
    }
}
