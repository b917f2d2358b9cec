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

    /// The components of those of the SKUs that are kits.
    @Sendable func kits(among skus: [String]) async throws -> [String: [String: Int]] {
        let kits = try await items(skus: skus).values.filter { $0.type == "Kit" }
        guard !kits.isEmpty else { return [:] }
        let ids = kits.map(\.id).sorted().joined(separator: ",")
        let members = try await suiteQL(
            """
            SELECT km.parentitem, i.itemid AS sku, km.quantity FROM kititemmember km \
            JOIN item i ON i.id = km.item WHERE km.parentitem IN (\(ids)) ORDER BY km.parentitem, km.item
            """)
        var components: [String: [String: Int]] = [:]
        for row in members.items {
            guard let kit = kits.first(where: { $0.id == row["parentitem"] }), let sku = row["sku"],
                let quantity = row["quantity"].flatMap({ DecimalText($0).wholeNumber })
            else { continue }
            components[kit.sku, default: [:]][sku] = quantity
        }
        return components
    }
}
