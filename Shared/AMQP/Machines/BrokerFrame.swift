/// One frame from the broker as a Swift value; nothing in it points into the library's buffers.
enum BrokerFrame: Equatable {
    case deliver(tag: UInt64, redelivered: Bool, exchange: String, routingKey: String)
    case returned(exchange: String, routingKey: String, replyText: String)
    case header(bodySize: UInt64, ReceivedProperties)
    case body([UInt8])
    case acked(tag: UInt64, multiple: Bool)
    case nacked(tag: UInt64, multiple: Bool)
    case consumerCancelled
    case blocked(reason: String)
    case unblocked
    case channelClosed(code: UInt16, text: String)
    case connectionClosed(code: UInt16, text: String)
    /// A method this client has no use for.
    case other(method: UInt32)
}

/// The properties of a received message that this client reads.
struct ReceivedProperties: Equatable {
    var contentType: String?
    var messageID: String?
    var correlationID: String?
    var type: String?
    var headers: [String: AMQPValue] = [:]
}

/// A message put together from its frames.
struct ReceivedContent: Equatable {
    var exchange: String
    var routingKey: String
    var properties: ReceivedProperties
    var body: [UInt8]
    var isOversized: Bool
}

/// What the broker told us, after frames have been put together.
enum BrokerEvent: Equatable {
    case delivered(ReceivedContent, tag: UInt64, redelivered: Bool)
    case returned(ReceivedContent, replyText: String)
    case acked(tag: UInt64, multiple: Bool)
    case nacked(tag: UInt64, multiple: Bool)
    case blocked(reason: String)
    case unblocked
    /// The connection cannot be used any further.
    case failed(AMQPError)
}
