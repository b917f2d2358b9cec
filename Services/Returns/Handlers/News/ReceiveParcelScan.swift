import Commerce
import Contracts
import Messaging
import Providers
import Views

/// A carrier has scanned a parcel: where one is that comes back to us is read again before anything follows from it. The
/// scan itself is a hint, which nobody has signed.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveParcelScan: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let notification = try await notification(ReceivedWebhook(envelope).payload(in: transaction))
        guard let number = notification.trackingNumber, let state = notification.tracking?.state,
            ParcelNews.moving.contains(state.status),
            let id = try await ReturnStore(transaction).find(trackingNumber: number)
        else { return }
        let goods = try await ReturnCase.lock(id, in: transaction)
        // Of one that is on its way already only the arrival is news.
        guard state.status == .delivered || goods.permits(.pickUp) else { return }
        try transaction.send(
            ReadReturnParcel(returnID: id, trackingNumber: number, told: state.status), subject: id.description)
    }

    private func notification(_ payload: [UInt8]) throws -> ShipStationNotification {
        do {
            return try ShipStationNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of a carrier")
        }
    }
}
