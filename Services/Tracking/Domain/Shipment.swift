import Commerce
import Contracts
import Foundation

/// A package on its way.
struct Shipment: Sendable {
    let id: ShipmentID
    let orderID: OrderID
    /// The warehouse's number of the order.
    let number: String
    let packageKey: String
    /// Counts the packages of that number from 1.
    let ordinal: Int
    var trackingNumber: String?
    let carrier: String?
    let lines: [SKUQuantity]
    let itemFulfillmentID: String?
    var progress: ShipmentProgress
}
