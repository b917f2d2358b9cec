import Commerce
import Contracts

/// What is in a package, and what left under the same number before it.
struct PackageContent: Codable, Equatable, Sendable {
    var lines: [SKUQuantity]
    var earlier: [SKUQuantity]

    /// - Parameter all: every package of the same number.
    init(of shipment: Shipment, among all: [Shipment]) {
        lines = shipment.lines
        earlier = all.filter { $0.ordinal < shipment.ordinal }.reduce([]) { $0.adding($1.lines) }
    }

    /// The content of all packages that travel under the same tracking number, up to this one: a shop knows a package
    /// by that number alone.
    init(of shipment: Shipment, together all: [Shipment]) {
        let earlier = all.filter { $0.ordinal < shipment.ordinal }
        let together = earlier.filter { $0.trackingNumber != nil && $0.trackingNumber == shipment.trackingNumber }
        lines = together.reduce(shipment.lines) { $0.adding($1.lines) }
        self.earlier = earlier.filter { package in !together.contains { $0.id == package.id } }
            .reduce([]) { $0.adding($1.lines) }
    }

    init(lines: [SKUQuantity], earlier: [SKUQuantity]) {
        self.lines = lines
        self.earlier = earlier
    }

    /// Everything shipped up to this package.
    var total: [SKUQuantity] { earlier.adding(lines) }
}
