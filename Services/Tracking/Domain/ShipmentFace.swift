import Commerce
import Contracts

/// A package as the world outside is told of it.
struct ShipmentFace: Encodable, Equatable, Sendable {
    let id: ShipmentID
    let orderID: OrderID
    let trackingNumber: String?
    let carrier: String?
    let status: ShipmentStatus
    let lines: [SKUQuantity]

    init(_ shipment: Shipment) {
        id = shipment.id
        orderID = shipment.orderID
        trackingNumber = shipment.trackingNumber
        carrier = shipment.carrier
        status = shipment.progress.status
        lines = shipment.lines
    }

    enum CodingKeys: String, CodingKey {
        case id, carrier, status, lines
        case orderID = "order_id"
        case trackingNumber = "tracking_number"
    }
}
