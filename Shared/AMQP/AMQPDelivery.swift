/// One message as the broker delivered it.
///
/// It belongs to the connection that received it (`epoch`): after that connection is lost the broker delivers the
/// message again, and acknowledging the old delivery does nothing.
public struct AMQPDelivery: Sendable, Equatable {
    /// Empty when the message exceeds `AMQPMessage.bodyMax`; see `isOversized`.
    public var body: [UInt8]
    /// The body was larger than `AMQPMessage.bodyMax` and was dropped; dead-letter the message.
    public var isOversized: Bool
    public var contentType: String?
    public var messageID: String?
    public var correlationID: String?
    public var type: String?
    public var headers: [String: AMQPValue]
    public var exchange: String
    public var routingKey: String
    public var redelivered: Bool
    /// How often the message was delivered before and not acknowledged (`x-delivery-count`); 0 at first.
    public var deliveryCount: Int
    public var tag: UInt64
    public var epoch: UInt64
}

extension AMQPDelivery {
    init(_ content: ReceivedContent, tag: UInt64, redelivered: Bool, epoch: UInt64) {
        body = content.body
        isOversized = content.isOversized
        contentType = content.properties.contentType
        messageID = content.properties.messageID
        correlationID = content.properties.correlationID
        type = content.properties.type
        headers = content.properties.headers
        exchange = content.exchange
        routingKey = content.routingKey
        self.redelivered = redelivered
        deliveryCount = content.properties.headers["x-delivery-count"]?.int.map(Int.init) ?? 0
        self.tag = tag
        self.epoch = epoch
    }
}
