import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// A carrier's scan of a package, told by ShipStation. Parcels that are none of our packages, such as returns, are
/// passed over. One that would end an order is a hint, which nobody has signed: the package is read before.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveCarrierScan: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let notification = try await notification(ReceivedWebhook(envelope).payload(in: transaction))
        guard let tracking = notification.tracking, let number = notification.trackingNumber,
            let status = tracking.state?.status
        else { return }
        guard status == .delivered else {
            let scan = Scan(
                number: Scan.anyNumber, trackingNumber: number, status: status, at: tracking.lastScannedAt)
            _ = try await ScanUpdate(transaction).apply(scan)
            return
        }
        let shipments = try await ShipmentStore(transaction).shipments(trackingNumber: number, of: nil)
        let at = tracking.lastScannedAt
        guard shipments.contains(where: { $0.progress.applying(.delivered, at: at) != nil }) else { return }
        try transaction.send(ReadPackage(trackingNumber: number, deliveredAt: at), subject: number)
    }

    private func notification(_ payload: [UInt8]) throws -> ShipStationNotification {
        do {
            return try ShipStationNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of a carrier")
        }
    }
}

extension ShipStationTracking {
    /// The carrier's own time of what is told last; nil where it gives none.
    var lastScannedAt: Date? {
        let text = deliveredAt ?? events.compactMap(\.occurredAt).max()
        return text.flatMap { Timestamp(text: $0).date }
    }
}
