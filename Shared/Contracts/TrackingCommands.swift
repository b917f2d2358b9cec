import Commerce
import Foundation
import Messaging

/// Writes one package into the ERP as an item fulfilment, every line of the sales order listed.
public struct CreateItemFulfillment: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = ExternalRecord
    public var shipmentID: ShipmentID
    public var salesOrderID: String

    public init(shipmentID: ShipmentID, salesOrderID: String) {
        self.shipmentID = shipmentID
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case shipmentID = "shipment_id"
        case salesOrderID = "sales_order_id"
    }
}

/// Bills what has been fulfilled as a cash sale, where the workspace's NetSuite settings ask for it.
public struct CreateCashSale: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = ExternalRecord
    public var shipmentID: ShipmentID
    public var salesOrderID: String

    public init(shipmentID: ShipmentID, salesOrderID: String) {
        self.shipmentID = shipmentID
        self.salesOrderID = salesOrderID
    }

    enum CodingKeys: String, CodingKey {
        case shipmentID = "shipment_id"
        case salesOrderID = "sales_order_id"
    }
}

/// Tells the shop of one package: a fulfilment with its tracking number.
public struct CreateShopFulfillment: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = ExternalRecord
    public var shipmentID: ShipmentID

    public init(shipmentID: ShipmentID) { self.shipmentID = shipmentID }

    enum CodingKeys: String, CodingKey { case shipmentID = "shipment_id" }
}

/// Asks to be told of a package's scans where the workspace has a carriers' broker; nothing to do where it has none.
public struct StartTracking: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = Done
    public var shipmentID: ShipmentID

    public init(shipmentID: ShipmentID) { self.shipmentID = shipmentID }

    enum CodingKeys: String, CodingKey { case shipmentID = "shipment_id" }
}

/// Reads where a package is of which a scan tells that it was delivered, and goes by what it reads.
public struct ReadPackage: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = Done
    public var trackingNumber: String
    /// When it was delivered, as the scan tells it: counts only where nobody can be asked.
    public var deliveredAt: Date?

    public init(trackingNumber: String, deliveredAt: Date?) {
        self.trackingNumber = trackingNumber
        self.deliveredAt = deliveredAt
    }

    enum CodingKeys: String, CodingKey {
        case trackingNumber = "tracking_number"
        case deliveredAt = "delivered_at"
    }
}

/// What another system calls the record; `nil` where there was nothing to record (no shop, not asked for).
public struct ExternalRecord: Codable, Sendable, Equatable {
    public var id: String?

    public init(id: String?) { self.id = id }
}

/// Scheduled every 15 s: reads the open orders at the warehouse; nothing to do where none is open.
public struct PollWarehouse: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = Done

    public init() {}
}

/// Reads one order at the warehouse now: a hint came in.
public struct ReadWarehouseOrder: Command {
    public static let owner = ServiceName.tracking
    public typealias Reply = Done
    public var number: String

    public init(number: String) { self.number = number }
}
