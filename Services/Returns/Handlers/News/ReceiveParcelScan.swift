import Commerce
import Contracts
import Messaging
import Providers
import Views

/// A carrier has scanned a parcel: one that comes back to us is on its way, and does not expire any more, or has arrived
/// at the warehouse.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveParcelScan: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let notification = try await notification(ReceivedWebhook(envelope).payload(in: transaction))
        guard let number = notification.trackingNumber, let state = notification.tracking?.state,
            ParcelNews.moving.contains(state.status),
            let id = try await ReturnStore(transaction).find(trackingNumber: number)
        else { return }
        var goods = try await ReturnCase.lock(id, in: transaction)
        try await ParcelNews(trackingNumber: number, status: state.status, transaction: transaction).write(on: &goods)
    }

    private func notification(_ payload: [UInt8]) throws -> ShipStationNotification {
        do {
            return try ShipStationNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of a carrier")
        }
    }
}
