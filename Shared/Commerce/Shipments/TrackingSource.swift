/// A vocabulary in which tracking states arrive.
public enum TrackingSource: String, Hashable, Sendable, CaseIterable, Codable {
    case easyPost = "easypost"
    case shippo
    case afterShip = "aftership"
    /// ShipStation and ShipEngine use the same codes.
    case shipEngine = "shipengine"
    case shopify
}

/// A remark of the carrier that does not change the status.
public enum TrackingFlag: String, Hashable, Sendable, CaseIterable, Codable {
    case pickupAvailable = "pickup_available"
    case damaged
    case partial
}

/// A carrier's state in our words.
public struct TrackingState: Hashable, Sendable {
    public let status: ShipmentStatus
    public let flags: Set<TrackingFlag>

    public init(_ status: ShipmentStatus, flags: Set<TrackingFlag> = []) {
        self.status = status
        self.flags = flags
    }
}
