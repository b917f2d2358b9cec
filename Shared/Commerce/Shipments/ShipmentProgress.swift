import Foundation

/// The current status of a package and the scan it comes from: the guard against repeated and late scans.
public struct ShipmentProgress: Hashable, Sendable {
    public let status: ShipmentStatus
    /// The carrier's own time of the scan; nil when the carrier gave none.
    public let scannedAt: Date?

    public init(status: ShipmentStatus = .unknown, scannedAt: Date? = nil) {
        self.status = status
        self.scannedAt = scannedAt
    }

    /// The progress with this scan taken in; nil when the scan tells nothing new and is to be ignored.
    ///
    /// Scans count by the carrier's time, not by their arrival: an older one never moves the package. A newer one may
    /// also bring a package that was out for delivery back to the depot.
    public func applying(_ new: ShipmentStatus, at time: Date?) -> ShipmentProgress? {
        guard !isOlder(time), status.accepts(new) || isReturnToDepot(new, at: time) else { return nil }
        return ShipmentProgress(status: new, scannedAt: time ?? scannedAt)
    }

    private func isOlder(_ time: Date?) -> Bool {
        guard let time, let scannedAt else { return false }
        // WHY: unknown and lost are our own words, no scan; anything a carrier says afterwards is news.
        return time < scannedAt && status != .unknown && status != .lost
    }

    private func isReturnToDepot(_ new: ShipmentStatus, at time: Date?) -> Bool {
        guard status == .outForDelivery, new == .inTransit, let time, let scannedAt else { return false }
        return time > scannedAt
    }
}
