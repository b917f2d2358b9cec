import Commerce
import Contracts
import Providers

/// Turns what a package holds into the SKUs of an order; asks NetSuite for the components of kits only where the
/// warehouse shipped something that the order does not list.
struct OrderUnitsLookUp: Sendable {
    let ordered: [String: Int]
    let kits: @Sendable (_ ordered: [String]) async throws -> [String: [String: Int]]

    func resolve(_ content: PackageContent) async throws -> [SKUQuantity] {
        var units = OrderedUnits(ordered: ordered)
        if units.isExceeded(by: content.total) { units.kits = try await kits(ordered.keys.sorted()) }
        return try units.brought(by: content.lines, after: content.earlier)
    }
}

extension NetSuiteClient {
    func orderUnits(of order: NetSuiteSalesOrder) -> OrderUnitsLookUp {
        let lines = order.lines.map { ($0.sku ?? "", $0.quantity) }
        return OrderUnitsLookUp(ordered: Dictionary(lines, uniquingKeysWith: +), kits: kits)
    }
}
