/// What a verifier says about a request.
public enum WebhookVerdict: Sendable, Equatable {
    case accepted(AcceptedWebhook)
    case rejected(WebhookRejection)
}

/// A request that came from the provider.
public struct AcceptedWebhook: Sendable, Equatable {
    /// In the provider's words, e.g. `orders/paid`.
    public let topic: String
    /// The provider's name of this delivery, equal on each retry.
    public let deliveryID: String?
    /// The provider's name of what happened; deliveries of other topics may share it.
    public let eventID: String?
    /// When it happened, as the provider wrote it.
    public let triggeredAt: String?
    /// What deliveries are deduplicated by: the delivery id; without one the topic with the event id; without that
    /// the topic with a hash of the body. Never empty, so a sender cannot avoid deduplication by leaving an id out.
    public let dedupeKey: String

    init(topic: String, deliveryID: String?, eventID: String?, triggeredAt: String?, body: [UInt8]) {
        self.topic = topic
        self.deliveryID = deliveryID
        self.eventID = eventID
        self.triggeredAt = triggeredAt
        if let deliveryID {
            dedupeKey = deliveryID
        } else if let eventID {
            dedupeKey = "event:\(topic):\(eventID)"
        } else {
            dedupeKey = "sha256:\(topic):\(BodyHash.hex(body))"
        }
    }
}

public enum WebhookRejection: String, Error, Sendable {
    case missingSignature = "missing_signature"
    case badSignature = "bad_signature"
    /// Signed for another shop than the workspace's.
    case wrongSender = "wrong_sender"
    case missingTopic = "missing_topic"
    case malformedBody = "malformed_body"
}
