import Commerce
import Messaging

/// `data` of `webhook.<provider>.<topic with dots>`: a provider's webhook was accepted.
///
/// The gateway sends `receivedID`, which names the archived payload; a message published by hand may carry the payload
/// itself instead.
public struct WebhookReceived: Codable, Sendable {
    public var provider: String
    public var topic: String
    public var receivedID: ReceivedID?

    public init(provider: String, topic: String, receivedID: ReceivedID?) {
        self.provider = provider
        self.topic = topic
        self.receivedID = receivedID
    }

    enum CodingKeys: String, CodingKey {
        case provider, topic
        case receivedID = "received_id"
    }
}
