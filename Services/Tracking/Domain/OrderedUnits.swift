import Commerce
import Contracts

/// What packages mean for an order that may hold kits: a kit counts as shipped once all its components are.
///
/// Everything is reckoned from totals: what a package brings is the total with it less the total before it, so that a
/// kit whose components travel in several packages is counted with the last of them.
struct OrderedUnits: Equatable, Sendable {
    /// Units ordered, by SKU.
    var ordered: [String: Int]
    /// The components of one kit, by the kit's SKU.
    var kits: [String: [String: Int]] = [:]

    /// Whether something was shipped that the order does not list as such: the order may hold kits.
    func isExceeded(by shipped: [SKUQuantity]) -> Bool {
        shipped.units.contains { $0.value > ordered[$0.key, default: 0] }
    }

    /// The units of the order's own SKUs that a package brings.
    ///
    /// - Parameter earlier: the content of the packages before it.
    /// - Throws: ``ProviderFailure`` `refused` for a SKU that is neither ordered nor part of an ordered kit.
    func brought(by package: [SKUQuantity], after earlier: [SKUQuantity]) throws(ProviderFailure) -> [SKUQuantity] {
        let before = total(earlier.units)
        let after = total(earlier.adding(package).units)
        let strangers = package.map(\.sku).filter { ordered[$0] == nil && !isComponent($0) }
        guard strangers.isEmpty else {
            throw .refused(
                code: "unexpected_sku",
                message: "The warehouse shipped \(strangers.joined(separator: ", ")), which the order does not hold.")
        }
        return after.map { SKUQuantity(sku: $0.key, quantity: $0.value - before[$0.key, default: 0]) }
            .filter { $0.quantity > 0 }.sorted { $0.sku < $1.sku }
    }

    private func isComponent(_ sku: String) -> Bool {
        kits.contains { ordered[$0.key] != nil && $0.value[sku] != nil }
    }

    /// Units of the order's SKUs in so many shipped units. What is both ordered and a component fills the order's own
    /// line first.
    private func total(_ shipped: [String: Int]) -> [String: Int] {
        var result: [String: Int] = [:]
        var components: [String: Int] = [:]
        for (sku, quantity) in shipped {
            let direct = isComponent(sku) ? min(quantity, ordered[sku, default: 0]) : quantity
            if direct > 0 { result[sku] = direct }
            components[sku] = quantity - direct
        }
        for (kit, parts) in kits.sorted(by: { $0.key < $1.key }) where ordered[kit] != nil {
            let complete = parts.map { components[$0.key, default: 0] / max($0.value, 1) }.min() ?? 0
            let units = min(complete, ordered[kit, default: 0] - result[kit, default: 0])
            guard units > 0 else { continue }
            result[kit, default: 0] += units
            for (sku, each) in parts { components[sku, default: 0] -= each * units }
        }
        return result
    }
}
