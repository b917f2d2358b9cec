import Commerce
import Messaging

/// `data` of `webhook.<provider>.<topic>`: the payload itself where a person published it, otherwise where the gateway
/// has archived it.
///
/// *Failure*: ``MalformedMessage`` for a message that has neither.
public struct ReceivedWebhook: Sendable {
    /// In the provider's words, e.g. `orders/paid`.
    public let topic: String
    private let data: Content

    public init(_ envelope: Envelope) throws {
        data = try envelope.data()
        topic = data.topic ?? envelope.attributes.type.topicOfWebhook
    }

    /// Where it is archived; nil for a message that brings its payload along.
    public var receivedID: ReceivedID? { data.payload == nil ? data.receivedID : nil }

    /// The provider's own words, as they came.
    public func payload(in transaction: HandlerTransaction) async throws -> [UInt8] {
        if let payload = data.payload { return try RawJSON(encoding: payload).bytes }
        guard let id = data.receivedID else {
            throw MalformedMessage("'data.payload' or 'data.received_id' is missing")
        }
        guard let body = try await ReceivedPayloads(transaction).body(of: id) else {
            throw MalformedMessage("no payload is archived under \(id)")
        }
        return body
    }

    private struct Content: Decodable, Sendable {
        var topic: String?
        var receivedID: ReceivedID?
        var payload: JSONValue?

        enum CodingKeys: String, CodingKey {
            case topic, payload
            case receivedID = "received_id"
        }
    }
}

extension String {
    /// `webhook.shopify.orders.paid` is about `orders/paid`.
    fileprivate var topicOfWebhook: String {
        split(separator: ".").dropFirst(2).joined(separator: "/")
    }
}
