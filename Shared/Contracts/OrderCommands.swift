import Commerce
import Messaging

/// Whether an order may go on: valid, every SKU mapped to an item of the ERP, held by nobody.
///
/// Where it may not, the owner has set the order `on_hold` with the reason; ``OrderReleased`` says when to ask again.
public struct CheckOrder: Command {
    public static let owner = ServiceName.orderIngest
    public var orderID: OrderID

    public struct Reply: Codable, Sendable, Equatable {
        public var hold: Refusal?

        public init(hold: Refusal?) {
            self.hold = hold
        }
    }

    public init(orderID: OrderID) { self.orderID = orderID }

    enum CodingKeys: String, CodingKey { case orderID = "order_id" }
}

/// Creates the order's sales order in the ERP, once per generation, or finds the one it came from.
public struct CreateSalesOrder: Command {
    public static let owner = ServiceName.orderIngest
    public var orderID: OrderID

    public typealias Reply = SalesOrder

    public init(orderID: OrderID) { self.orderID = orderID }

    enum CodingKeys: String, CodingKey { case orderID = "order_id" }
}

/// A sales order as the ERP knows it.
public struct SalesOrder: Codable, Sendable, Equatable {
    /// NetSuite's internal id, `98431`.
    public var id: String
    /// The number people read, `SO10045`.
    public var number: String
    /// Our key at NetSuite, `shopify-5678901234567`; `nil` for one that was typed there by hand.
    public var externalID: String?

    public init(id: String, number: String, externalID: String?) {
        self.id = id
        self.number = number
        self.externalID = externalID
    }

    enum CodingKeys: String, CodingKey {
        case id, number
        case externalID = "external_id"
    }
}

/// Closes every line of the sales order. Undo of ``CreateSalesOrder``; raises the order's generation.
public struct CancelSalesOrder: Command {
    public static let owner = ServiceName.orderIngest
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

/// Adds a tag to the order in the shop; nothing to do for an order that has no shop.
public struct TagShopOrder: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
    public var orderID: OrderID
    public var tag: String
    /// The sales order the tag tells of: a tag removed with one sales order is added again with the next.
    public var salesOrderID: String

    public init(orderID: OrderID, tag: String, salesOrderID: String) {
        self.orderID = orderID
        self.tag = tag
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case tag
        case orderID = "order_id"
        case salesOrderID = "sales_order_id"
    }
}

/// Removes a tag from the order in the shop. Undo of ``TagShopOrder``.
public struct UntagShopOrder: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
    public var orderID: OrderID
    public var tag: String
    public var salesOrderID: String

    public init(orderID: OrderID, tag: String, salesOrderID: String) {
        self.orderID = orderID
        self.tag = tag
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case tag
        case orderID = "order_id"
        case salesOrderID = "sales_order_id"
    }
}

/// Writes the sales order's id and number into the shop order's note attributes.
public struct RecordSalesOrderInShop: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
    public var orderID: OrderID
    public var salesOrder: SalesOrder

    public init(orderID: OrderID, salesOrder: SalesOrder) {
        self.orderID = orderID
        self.salesOrder = salesOrder
    }

    enum CodingKeys: String, CodingKey {
        case orderID = "order_id"
        case salesOrder = "sales_order"
    }
}

/// Makes a canonical order of a sales order that was typed into the ERP; a no-op where it is known.
public struct ImportSalesOrder: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
    public var salesOrderID: String
    public var externalID: String?

    public init(salesOrderID: String, externalID: String?) {
        self.salesOrderID = salesOrderID
        self.externalID = externalID
    }

    enum CodingKeys: String, CodingKey {
        case salesOrderID = "sales_order_id"
        case externalID = "external_id"
    }
}

/// An operator stops the order before it goes to the warehouse. Refused (`not_holdable`) once it is there.
public struct HoldOrder: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
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

/// An operator lets a held order go on: its saga checks it again. Refused (`not_held`) where it is not held.
public struct ReleaseOrder: Command {
    public static let owner = ServiceName.orderIngest
    public typealias Reply = Done
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
