import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// A webhook of the warehouse. It is a hint: what it says of the order is read again there; only a delivery is taken at
/// its word, because it comes from the carrier and the warehouse's order does not tell it.
///
/// *Guarantees*: a delivery counts once, also when it comes before we know of the package.
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveWarehouseNotification: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let notification = try await notification(ReceivedWebhook(envelope).payload(in: transaction))
        if notification.event == "delivered", let trackingNumber = notification.trackingNumber {
            try await deliver(trackingNumber, notification, in: transaction)
        } else if let number = notification.orderNumber {
            try transaction.send(ReadWarehouseOrder(number: number))
        }
    }

    private func notification(_ payload: [UInt8]) throws -> DCLNotification {
        do {
            return try DCLNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of the warehouse")
        }
    }

    private func deliver(
        _ trackingNumber: String, _ notification: DCLNotification, in transaction: HandlerTransaction
    ) async throws {
        let scan = Scan(
            number: notification.orderNumber ?? Scan.anyNumber, trackingNumber: trackingNumber, status: .delivered,
            at: notification.occurredAt.flatMap { Timestamp(text: $0).date })
        // WHY: a poll that is just writing the package down holds this lock; after it, the package is found here.
        _ = try await WarehouseOrderStore(transaction).lock([scan.number])
        guard try await !ScanUpdate(transaction).apply(scan) else { return }
        try await EarlyScanStore(transaction).keep(scan)
        try transaction.send(ReadWarehouseOrder(number: scan.number))
    }
}
