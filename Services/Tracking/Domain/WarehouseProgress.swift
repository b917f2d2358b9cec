import Commerce
import Contracts

/// An order at the warehouse as we know it.
struct WarehouseOrder: Equatable, Sendable {
    struct Package: Equatable, Sendable {
        let shipmentID: ShipmentID
        let key: String
        let trackingNumber: String?
    }

    let number: String
    let orderID: OrderID
    let isHeld: Bool
    let isOpen: Bool
    /// In the order in which they became known.
    var packages: [Package]
}

/// What is new about an order at the warehouse.
enum WarehouseChange: Equatable, Sendable {
    /// - Parameter ordinal: counts the packages of the order from 1.
    case shipped(WarehousePackage, ordinal: Int)
    /// A package that left without one now has a tracking number.
    case tracked(ShipmentID, trackingNumber: String)
    case held(Bool)
    /// - Parameter packages: how many left altogether.
    case closed(DispatchClosed.Outcome, packages: Int)
}

/// From what is known and what the warehouse says now to what is new. Pure: reading the same again gives nothing.
enum WarehouseProgress {
    static func changes(from known: WarehouseOrder, to reading: WarehouseReading) -> [WarehouseChange] {
        guard known.isOpen else { return [] }
        let new = reading.packages.filter { package in !known.packages.contains { $0.key == package.key } }
        let shipped = new.enumerated().map { index, package in
            WarehouseChange.shipped(package, ordinal: known.packages.count + index + 1)
        }
        let packages = known.packages.count + new.count
        return shipped + tracked(known, reading) + held(known, reading) + closed(reading, packages: packages)
    }

    private static func tracked(_ known: WarehouseOrder, _ reading: WarehouseReading) -> [WarehouseChange] {
        known.packages.filter { $0.trackingNumber == nil }.compactMap { package in
            reading.packages.first { $0.key == package.key }?.trackingNumber
                .map { .tracked(package.shipmentID, trackingNumber: $0) }
        }
    }

    private static func held(_ known: WarehouseOrder, _ reading: WarehouseReading) -> [WarehouseChange] {
        let isHeld = reading.phase == .held
        return isHeld == known.isHeld ? [] : [.held(isHeld)]
    }

    private static func closed(_ reading: WarehouseReading, packages: Int) -> [WarehouseChange] {
        switch reading.phase {
        case .open, .held: []
        // WHY: the stage may be there before its packages are listed; closing now would lose them.
        case .shipped: packages == 0 ? [] : [.closed(.complete, packages: packages)]
        case .short: [.closed(.short, packages: packages)]
        case .cancelled: [.closed(.cancelled, packages: packages)]
        }
    }
}
