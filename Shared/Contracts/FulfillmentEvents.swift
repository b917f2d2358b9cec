import Commerce
import Messaging

/// The warehouse has the order.
public struct OrderDispatched: Event {
    public static let type = "order.dispatched"
    public var orderID: OrderID
    public var number: String
    public var salesOrderID: String

    public init(orderID: OrderID, number: String, salesOrderID: String) {
        self.orderID = orderID
        self.number = number
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case number
        case orderID = "order_id"
        case salesOrderID = "sales_order_id"
    }
}

/// The order was taken back from the warehouse.
public struct DispatchCancelled: Event {
    public static let type = "dispatch.cancelled"
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

/// The warehouse waits for a person (DCL stages 4, 5, 6), or goes on again.
public struct DispatchHeld: Event {
    public static let type = "dispatch.held"
    public var orderID: OrderID
    public var number: String
    public var held: Bool
    /// The warehouse's words, `AV Required`.
    public var description: String

    public init(orderID: OrderID, number: String, held: Bool, description: String) {
        self.orderID = orderID
        self.number = number
        self.held = held
        self.description = description
    }

    enum CodingKeys: String, CodingKey {
        case number, held, description
        case orderID = "order_id"
    }
}

/// The warehouse is done with the order.
public struct DispatchClosed: Event {
    public static let type = "dispatch.closed"
    public var orderID: OrderID
    public var number: String
    public var outcome: Outcome
    /// How many packages left: so many ``ShipmentShipped`` events there are.
    public var packages: Int
    /// The warehouse's words, `Closed Short`.
    public var description: String

    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case complete
        /// Less than ordered was shipped, and no more will be (DCL stage 62).
        case short
        case cancelled
    }

    public init(orderID: OrderID, number: String, outcome: Outcome, packages: Int, description: String) {
        self.orderID = orderID
        self.number = number
        self.outcome = outcome
        self.packages = packages
        self.description = description
    }

    enum CodingKeys: String, CodingKey {
        case number, outcome, packages, description
        case orderID = "order_id"
    }
}

/// So many of a SKU.
public struct SKUQuantity: Codable, Sendable, Equatable {
    public var sku: String
    public var quantity: Int

    public init(sku: String, quantity: Int) {
        self.sku = sku
        self.quantity = quantity
    }
}

/// A package left the warehouse.
public struct ShipmentShipped: Event {
    public static let type = "shipment.shipped"
    public var orderID: OrderID
    public var shipmentID: ShipmentID
    public var trackingNumber: String?
    public var carrier: String?
    public var lines: [SKUQuantity]

    public init(
        orderID: OrderID, shipmentID: ShipmentID, trackingNumber: String?, carrier: String?, lines: [SKUQuantity]
    ) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.trackingNumber = trackingNumber
        self.carrier = carrier
        self.lines = lines
    }

    enum CodingKeys: String, CodingKey {
        case carrier, lines
        case orderID = "order_id"
        case shipmentID = "shipment_id"
        case trackingNumber = "tracking_number"
    }
}

/// The package is with the customer.
public struct ShipmentDelivered: Event {
    public static let type = "shipment.delivered"
    public var orderID: OrderID
    public var shipmentID: ShipmentID
    public var trackingNumber: String?

    public init(orderID: OrderID, shipmentID: ShipmentID, trackingNumber: String?) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.trackingNumber = trackingNumber
    }

    enum CodingKeys: String, CodingKey {
        case orderID = "order_id"
        case shipmentID = "shipment_id"
        case trackingNumber = "tracking_number"
    }
}

/// A package is written down in another system: an item fulfilment, a cash sale, a shop fulfilment.
public struct ShipmentRecorded: Event {
    public static let type = "shipment.recorded"
    public var orderID: OrderID
    public var shipmentID: ShipmentID
    /// `netsuite` or `shopify`.
    public var provider: String
    /// `item_fulfillment`, `cash_sale`, `fulfillment`.
    public var kind: String
    public var externalID: String

    public init(orderID: OrderID, shipmentID: ShipmentID, provider: String, kind: String, externalID: String) {
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.provider = provider
        self.kind = kind
        self.externalID = externalID
    }

    enum CodingKeys: String, CodingKey {
        case provider, kind
        case orderID = "order_id"
        case shipmentID = "shipment_id"
        case externalID = "external_id"
    }
}

/// A package was written down more than once in another system: a person has to undo one.
public struct ShipmentDuplicated: Event {
    public static let type = "shipment.duplicated"
    public var orderID: OrderID
    /// What the package is known by there, such as its tracking number.
    public var number: String
    public var provider: String
    public var kind: String
    /// Everything that is there, the one that was meant among it.
    public var externalIDs: [String]

    public init(orderID: OrderID, number: String, provider: String, kind: String, externalIDs: [String]) {
        self.orderID = orderID
        self.number = number
        self.provider = provider
        self.kind = kind
        self.externalIDs = externalIDs
    }

    enum CodingKeys: String, CodingKey {
        case number, provider, kind
        case orderID = "order_id"
        case externalIDs = "external_ids"
    }
}
