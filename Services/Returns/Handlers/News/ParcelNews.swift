import Commerce
import Messaging

/// What a carrier tells of the parcel of a return.
struct ParcelNews: Sendable {
    /// The carrier has it, or has brought it.
    static let moving: Set<ShipmentStatus> = [.inTransit, .outForDelivery, .delivered]

    let trackingNumber: String
    let status: ShipmentStatus

    /// Repeated and late news change nothing.
    func write(on goods: inout ReturnCase) async throws {
        guard Self.moving.contains(status), goods.follow(.pickUp) else { return }
        try await goods.save(
            ReturnHappening(
                "return.in_transit", "The carrier has the parcel.", externalRef: trackingNumber,
                dedupeKey: goods.row.key))
    }
}
