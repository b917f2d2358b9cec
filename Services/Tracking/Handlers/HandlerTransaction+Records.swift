import Commerce
import Contracts
import Messaging

extension HandlerTransaction {
    /// Tells that a package is written down in another system.
    func publishRecorded(
        _ shipmentID: ShipmentID, _ provider: String, _ kind: String, _ externalID: String
    ) async throws {
        let orderID = try await ShipmentStore(self).shipment(shipmentID).orderID
        try publish(
            ShipmentRecorded(
                orderID: orderID, shipmentID: shipmentID, provider: provider, kind: kind, externalID: externalID),
            subject: "\(orderID)")
    }
}
