import Commerce
import Contracts
import Messaging

/// Writes down what the warehouse says of orders, and publishes what is new.
struct WarehouseUpdate: Sendable {
    private let transaction: HandlerTransaction
    private let orders: WarehouseOrderStore
    private let shipments: ShipmentStore

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
        orders = WarehouseOrderStore(transaction)
        shipments = ShipmentStore(transaction)
    }

    func apply(_ readings: [WarehouseReading]) async throws {
        let numbers = readings.map(\.number)
        let known = try await orders.lock(numbers)
        var packages = Dictionary(grouping: try await shipments.shipments(of: numbers), by: \.number)
        for order in known {
            guard let reading = readings.first(where: { $0.number == order.number }) else { continue }
            var order = order
            order.packages = packages[order.number, default: []].map(WarehouseOrder.Package.init)
            for change in WarehouseProgress.changes(from: order, to: reading) {
                let shipped = try await carryOut(change, order, reading)
                if let shipped { packages[order.number, default: []].append(shipped) }
            }
        }
        try await applyEarlyScans(of: numbers)
    }

    /// - Returns: the shipment that came about.
    private func carryOut(
        _ change: WarehouseChange, _ order: WarehouseOrder, _ reading: WarehouseReading
    ) async throws -> Shipment? {
        switch change {
        case .shipped(let package, let ordinal):
            return try await ship(package, ordinal, of: order)
        case .tracked(let id, let trackingNumber):
            try await track(id, trackingNumber)
        case .held(let isHeld):
            try await orders.setHeld(isHeld, reading)
            try publish(
                DispatchHeld(
                    orderID: order.orderID, number: order.number, held: isHeld, description: reading.description),
                of: order)
        case .closed(let outcome, let packages):
            try await orders.close(outcome, reading)
            try publish(
                DispatchClosed(
                    orderID: order.orderID, number: order.number, outcome: outcome, packages: packages,
                    description: reading.description),
                of: order)
        }
        return nil
    }

    private func ship(_ package: WarehousePackage, _ ordinal: Int, of order: WarehouseOrder) async throws -> Shipment {
        let shipment = Shipment(
            id: ShipmentID(), orderID: order.orderID, number: order.number, packageKey: package.key, ordinal: ordinal,
            trackingNumber: package.trackingNumber, carrier: package.carrier, lines: package.lines,
            itemFulfillmentID: nil, progress: ShipmentProgress(status: .inTransit))
        try await shipments.insert(shipment)
        try transaction.announce(.shipmentUpdated, ShipmentFace(shipment), subject: "\(shipment.id)")
        try publish(
            ShipmentShipped(
                orderID: order.orderID, shipmentID: shipment.id, trackingNumber: package.trackingNumber,
                carrier: package.carrier, lines: package.lines),
            of: order)
        if package.trackingNumber != nil { try follow(shipment) }
        return shipment
    }

    private func track(_ id: ShipmentID, _ trackingNumber: String) async throws {
        let before = try await shipments.shipment(id)
        try await shipments.setTrackingNumber(trackingNumber, of: id)
        var shipment = before
        shipment.trackingNumber = trackingNumber
        try transaction.announce(
            .shipmentUpdated, ShipmentFace(shipment), before: ShipmentFace(before), subject: "\(id)")
        try follow(shipment)
    }

    private func follow(_ shipment: Shipment) throws {
        try transaction.send(StartTracking(shipmentID: shipment.id), subject: "\(shipment.orderID)")
    }

    /// A carrier may be faster than the warehouse.
    private func applyEarlyScans(of numbers: [String]) async throws {
        let scans = EarlyScanStore(transaction)
        for scan in try await scans.scans(of: numbers + [Scan.anyNumber]) {
            guard try await ScanUpdate(transaction).apply(scan) else { continue }
            try await scans.remove(scan)
        }
    }

    private func publish(_ event: some Event, of order: WarehouseOrder) throws {
        try transaction.publish(event, subject: "\(order.orderID)")
    }
}

extension WarehouseOrder.Package {
    fileprivate init(_ shipment: Shipment) {
        self.init(shipmentID: shipment.id, key: shipment.packageKey, trackingNumber: shipment.trackingNumber)
    }
}
