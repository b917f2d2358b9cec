import Commerce
import Messaging

/// A canonical order exists: its saga starts.
public struct OrderReceived: Event {
    public static let type = "order.received"
    public var orderID: OrderID
    public var number: String

    public init(orderID: OrderID, number: String) {
        self.orderID = orderID
        self.number = number
    }

    enum CodingKeys: String, CodingKey {
        case number
        case orderID = "order_id"
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
