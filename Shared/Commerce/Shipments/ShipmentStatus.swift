/// Where a package is, in words that do not depend on the carrier.
public enum ShipmentStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case labelCreated = "label_created"
    case inTransit = "in_transit"
    case outForDelivery = "out_for_delivery"
    case delivered
    /// Something is wrong, for example a failed attempt or a customs hold; the package may still go on.
    case exception
    case returnedToSender = "returned_to_sender"
    /// Set only by our own rule, never by a carrier.
    case lost
    /// No information yet.
    case unknown
}

extension ShipmentStatus {
    /// Whether a package of this status takes the new one when nothing is known about which scan is newer.
    ///
    /// Progress only goes forward; `exception` and `lost` can go back on the road; `delivered` gives way to
    /// `returned_to_sender` only (refused after delivery); nothing leaves `returned_to_sender`.
    public func accepts(_ new: ShipmentStatus) -> Bool {
        LifeCycle.shipment.permits(from: self, to: new)
    }
}
