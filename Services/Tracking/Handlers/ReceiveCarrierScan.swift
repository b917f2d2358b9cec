import Commerce
import Foundation
import Messaging
import Providers
import Views

/// A carrier's scan of a package, told by ShipStation. Parcels that are none of our packages, such as returns, are
/// passed over.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveCarrierScan: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let notification = try await notification(ReceivedWebhook(envelope).payload(in: transaction))
        guard let tracking = notification.tracking, let number = notification.trackingNumber,
            let status = tracking.state?.status
        else { return }
        let at = tracking.deliveredAt ?? tracking.events.compactMap(\.occurredAt).max()
        let scan = Scan(
            number: Scan.anyNumber, trackingNumber: number, status: status,
            at: at.flatMap { Timestamp(text: $0).date })
        _ = try await ScanUpdate(transaction).apply(scan)
    }

    private func notification(_ payload: [UInt8]) throws -> ShipStationNotification {
        do {
            return try ShipStationNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of a carrier")
        }
    }
}
