import Commerce
import Contracts
import Providers

/// An order as the warehouse tells it, reduced to what matters here.
struct WarehouseReading: Codable, Equatable, Sendable {
    enum Phase: String, Codable, Sendable {
        /// Being worked on, or partly shipped.
        case open
        /// It waits for a person.
        case held
        case shipped
        /// Less was shipped than ordered, and nothing more will be.
        case short
        case cancelled
    }

    var number: String
    var phase: Phase
    /// The warehouse's words for the stage.
    var description: String
    var packages: [WarehousePackage]
}

/// One package that left the warehouse.
struct WarehousePackage: Codable, Equatable, Sendable {
    /// Names the package within its order: the carton's id, otherwise the tracking number.
    var key: String
    var trackingNumber: String?
    var carrier: String?
    var lines: [SKUQuantity]
}

extension WarehouseReading {
    init(_ order: DCLOrder) {
        self.init(
            number: order.orderNumber, phase: Phase(order),
            description: order.stageDescription ?? (order.isCancelled ? "Order Cancelled" : "\(order.stage)"),
            packages: Self.packages(of: order))
    }

    /// Without those that hold nothing yet; a package that is listed twice is one.
    private static func packages(of order: DCLOrder) -> [WarehousePackage] {
        var packages: [WarehousePackage] = []
        for (index, package) in order.packages.enumerated() {
            let lines = package.quantities.filter { $0.value > 0 }.sorted { $0.key < $1.key }
                .map { SKUQuantity(sku: $0.key, quantity: $0.value) }
            guard !lines.isEmpty else { continue }
            let key = package.cartonID ?? package.trackingNumber ?? "package-\(index + 1)"
            if let known = packages.firstIndex(where: { $0.key == key }) {
                packages[known].lines = packages[known].lines.adding(lines)
            } else {
                packages.append(
                    WarehousePackage(
                        key: key, trackingNumber: package.trackingNumber,
                        carrier: package.carrier ?? order.shippingCarrier, lines: lines))
            }
        }
        return packages
    }
}

extension WarehouseReading.Phase {
    fileprivate init(_ order: DCLOrder) {
        if order.isCancelled || order.stage == .cancelled {
            self = .cancelled
        } else if order.stage.needsPerson {
            self = .held
        } else if order.stage == .closedShort {
            self = .short
        } else {
            self = order.stage.isOver ? .shipped : .open
        }
    }
}

extension [SKUQuantity] {
    /// Units by SKU, each SKU once, sorted.
    func adding(_ others: [SKUQuantity]) -> [SKUQuantity] {
        (self + others).units.sorted { $0.key < $1.key }.map { SKUQuantity(sku: $0.key, quantity: $0.value) }
    }

    var units: [String: Int] {
        Dictionary(map { ($0.sku, $0.quantity) }, uniquingKeysWith: +)
    }
}
