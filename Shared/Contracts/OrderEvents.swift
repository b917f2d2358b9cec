import Commerce
import Messaging

/// A canonical order exists: its saga starts.
public struct OrderReceived: Event {
    public static let type = "order.received"
    public var orderID: OrderID
    public var number: String
    /// The webhook that told of the order as a whole; nil where none did.
    public var receivedID: ReceivedID?

    public init(orderID: OrderID, number: String, receivedID: ReceivedID? = nil) {
        self.orderID = orderID
        self.number = number
        self.receivedID = receivedID
    }

    enum CodingKeys: String, CodingKey {
        case number
        case orderID = "order_id"
        case receivedID = "received_id"
    }
}

/// What kept the order on hold is mended, or a person released it.
public struct OrderReleased: Event {
    public static let type = "order.released"
    public static let source = EventSource.human
    public var orderID: OrderID
    public var reason: String

    public init(orderID: OrderID, reason: String) {
        self.orderID = orderID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case orderID = "order_id"
    }
}
