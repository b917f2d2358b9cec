import Commerce
import Messaging

/// Hands the order to the warehouse under the sales order's number.
public struct DispatchToWarehouse: Command {
    public static let owner = ServiceName.fulfillmentDispatch
    public var orderID: OrderID
    public var salesOrder: SalesOrder

    public struct Reply: Codable, Sendable, Equatable {
        /// The warehouse's order number: `SO10045`, or `SO10045-2` when the same sales order is dispatched again.
        public var number: String

        public init(number: String) { self.number = number }
    }

    public init(orderID: OrderID, salesOrder: SalesOrder) {
        self.orderID = orderID
        self.salesOrder = salesOrder
    }

    enum CodingKeys: String, CodingKey {
        case orderID = "order_id"
        case salesOrder = "sales_order"
    }
}

/// Takes the order back from the warehouse. Undo of ``DispatchToWarehouse``; refused once it is being picked.
public struct CancelDispatch: Command {
    public static let owner = ServiceName.fulfillmentDispatch
    public typealias Reply = Done
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

/// Sets `custbody_sent_to_3pl` on the sales order.
public struct FlagSalesOrder: Command {
    public static let owner = ServiceName.fulfillmentDispatch
    public typealias Reply = Done
    public var orderID: OrderID
    public var salesOrderID: String

    public init(orderID: OrderID, salesOrderID: String) {
        self.orderID = orderID
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case orderID = "order_id"
        case salesOrderID = "sales_order_id"
    }
}

/// Scheduled: looks for sales orders that wait for the warehouse and that no saga owns.
public struct FindUnownedSalesOrders: Command {
    public static let owner = ServiceName.fulfillmentDispatch
    public typealias Reply = Done

    public init() {}
}
