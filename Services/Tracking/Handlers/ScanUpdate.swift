import Commerce
import Contracts
import Messaging

/// Moves packages by what a carrier says of them; late and repeated scans change nothing.
struct ScanUpdate: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// - Returns: whether the package is known.
    func apply(_ scan: Scan) async throws -> Bool {
        let shipments = ShipmentStore(transaction)
        let number = scan.number == Scan.anyNumber ? nil : scan.number
        let found = try await shipments.shipments(trackingNumber: scan.trackingNumber, of: number)
        for shipment in found {
            guard let progress = shipment.progress.applying(scan.status, at: scan.at) else { continue }
            try await shipments.setProgress(progress, of: shipment.id)
            var moved = shipment
            moved.progress = progress
            try transaction.announce(
                .shipmentUpdated, ShipmentFace(moved), before: ShipmentFace(shipment), subject: "\(shipment.id)")
            guard progress.status == .delivered else { continue }
            try transaction.publish(
                ShipmentDelivered(
                    orderID: shipment.orderID, shipmentID: shipment.id, trackingNumber: shipment.trackingNumber),
                subject: "\(shipment.orderID)")
        }
        return !found.isEmpty
    }
}
