/// One message to publish. It is always sent persistent and mandatory.
public struct AMQPMessage: Sendable, Equatable {
    /// The largest body that is published or consumed, in bytes.
    // LIMIT: the message contract says 1 MiB; larger data goes by reference.
    public static let bodyMax = 1_048_576

    /// The longest name, id or type, in bytes: a short string of AMQP 0.9.1.
    public static let shortStringMax = 255

    public var exchange: String
    public var routingKey: String
    public var body: [UInt8]
    public var contentType: String
    public var messageID: String?
    public var correlationID: String?
    public var type: String?
    /// Application headers. `publish-sequence` is overwritten by the publisher.
    public var headers: [String: AMQPValue]

    public init(
        exchange: String, routingKey: String, body: [UInt8], contentType: String = "application/cloudevents+json",
        messageID: String? = nil, correlationID: String? = nil, type: String? = nil,
        headers: [String: AMQPValue] = [:]
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.body = body
        self.contentType = contentType
        self.messageID = messageID
        self.correlationID = correlationID
        self.type = type
        self.headers = headers
    }
}
