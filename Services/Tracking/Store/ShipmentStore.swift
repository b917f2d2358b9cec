import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `shipments`: every package that left a warehouse.
struct ShipmentStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func insert(_ shipment: Shipment) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO shipments (id, workspace_id, order_id, warehouse_number, package_key, ordinal, tracking_number,
                carrier, status, lines, shipped_at, updated_at)
            VALUES (\(shipment.id.uuid), \(transaction.workspaceID.uuid), \(shipment.orderID.uuid), \(shipment.number),
                \(shipment.packageKey), \(shipment.ordinal), \(shipment.trackingNumber), \(shipment.carrier),
                \(shipment.progress.status.rawValue), \(try JSONB(encoding: shipment.lines)),
                \(transaction.now), \(transaction.now))
            """)
    }

    /// - Throws: a ``Refusal`` for an id that nobody has.
    func shipment(_ id: ShipmentID) async throws -> Shipment {
        guard let found = try await select("id = \(id.uuid)").first else {
            throw Refusal(code: "unknown_shipment", message: "There is no shipment \(id).")
        }
        return found
    }

    /// The packages of the orders with these numbers, in the order in which they became known.
    func shipments(of numbers: [String]) async throws -> [Shipment] {
        try await select("warehouse_number = ANY(\(numbers))")
    }

    /// The packages with a tracking number. Carriers use numbers again after months: where the warehouse's number of
    /// the order is known it counts too, otherwise only the latest order with it.
    func shipments(trackingNumber: String, of number: String?) async throws -> [Shipment] {
        if let number {
            return try await select("tracking_number = \(trackingNumber) AND warehouse_number = \(number)")
        }
        let found = try await select("tracking_number = \(trackingNumber)")
        guard let latest = found.max(by: { $0.id < $1.id }) else { return [] }
        return found.filter { $0.number == latest.number }
    }

    func setTrackingNumber(_ trackingNumber: String, of id: ShipmentID) async throws {
        try await update(id, "tracking_number = \(trackingNumber)")
    }

    func setProgress(_ progress: ShipmentProgress, of id: ShipmentID) async throws {
        let deliveredAt = progress.status == .delivered ? progress.scannedAt ?? transaction.now : nil
        try await update(
            id,
            """
            status = \(progress.status.rawValue), scanned_at = \(progress.scannedAt),
            delivered_at = coalesce(\(deliveredAt), delivered_at)
            """)
    }

    func setItemFulfillment(_ externalID: String, of id: ShipmentID) async throws {
        try await update(id, "item_fulfillment_id = \(externalID)")
    }

    func setCashSale(_ externalID: String, of id: ShipmentID) async throws {
        try await update(id, "cash_sale_id = \(externalID)")
    }

    func setShopFulfillment(_ externalID: String, of id: ShipmentID) async throws {
        try await update(id, "shop_fulfillment_id = \(externalID)")
    }

    private func update(_ id: ShipmentID, _ assignments: SQL) async throws {
        try await transaction.database.execute(
            "UPDATE shipments SET \(assignments), updated_at = \(transaction.now) WHERE id = \(id.uuid)")
    }

    private func select(_ condition: SQL) async throws -> [Shipment] {
        try await transaction.database.query(
            """
            SELECT id, order_id, warehouse_number, package_key, ordinal, tracking_number, carrier, lines,
                   item_fulfillment_id, status, scanned_at
            FROM shipments WHERE workspace_id = \(transaction.workspaceID.uuid) AND \(condition)
            ORDER BY warehouse_number, ordinal
            """
        ).map(Shipment.init)
    }
}

extension Shipment {
    fileprivate init(_ row: PostgresRow) throws {
        let status: String = try row("status")
        self.init(
            id: ShipmentID(uuid: try row("id")), orderID: OrderID(uuid: try row("order_id")),
            number: try row("warehouse_number"), packageKey: try row("package_key"), ordinal: try row("ordinal"),
            trackingNumber: try row("tracking_number"), carrier: try row("carrier"),
            lines: try row("lines", as: JSONB.self).decode(), itemFulfillmentID: try row("item_fulfillment_id"),
            progress: ShipmentProgress(
                status: ShipmentStatus(rawValue: status) ?? .unknown, scannedAt: try row("scanned_at")))
    }
}
