import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// What a carrier tells of the parcel of a return.
///
/// *Guarantees*: repeated and late news change nothing. Of a parcel that the carrier has brought the warehouse is asked,
/// and people are told where it is not received in the policy's time.
struct ParcelNews: Sendable {
    /// The carrier has it, or has brought it.
    static let moving: Set<ShipmentStatus> = [.inTransit, .outForDelivery, .delivered]

    let trackingNumber: String
    let status: ShipmentStatus
    let transaction: HandlerTransaction

    func write(on goods: inout ReturnCase) async throws {
        if Self.moving.contains(status), goods.follow(.pickUp) {
            try await goods.save(
                ReturnHappening(
                    "return.in_transit", "The carrier has the parcel.", externalRef: trackingNumber,
                    dedupeKey: goods.row.key))
        }
        if status == .delivered { try await deliver(goods.row) }
    }

    /// A return that has ended, or whose goods are here, hears of its parcel all the same.
    private func deliver(_ row: ReturnRow) async throws {
        let delivered = ReturnHappening(
            "return.delivered", "The carrier has brought the parcel to the warehouse.", externalRef: trackingNumber,
            dedupeKey: row.key)
        let timeline = ReturnTimeline(row.id, transaction)
        guard try await !timeline.has(delivered) else { return }
        timeline.append(delivered)
        if let number = row.externalIDs["dcl"] {
            try transaction.send(ReadWarehouseReturn(returnID: row.id, number: number), subject: row.id.description)
        }
        guard row.awaitsParcel else { return }
        let ground = try await ReturnGround.read(row.orderID, policy: row.policyVersion, in: transaction.database)
        let wait = ground?.policy.arrivalWait ?? .days(5)
        try await transaction.schedule(
            CheckReturnArrival(returnID: row.id, generation: row.generation), at: transaction.now + wait.timeInterval,
            subject: row.id.description)
    }
}

extension ReturnRow {
    /// Whether the goods have not come in, and are expected; also while a person decides on something else.
    var awaitsParcel: Bool {
        receivedAt == nil && [.approved, .labelPending, .labelSent, .inTransit, .inReview].contains(status)
    }
}
