import Commerce
import Providers

extension NetSuiteClient {
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
