import Commerce
import Contracts

/// One line of an order elsewhere that shipped units can be put on.
struct OpenLine<ID: Hashable & Sendable>: Sendable {
    let id: ID
    let sku: String
    /// Units that may still be put on it.
    let open: Int
}

/// Puts shipped units on the lines of an order. Pure.
enum LineAllocation {
    /// Fills the lines of each SKU in their order; a SKU may stand on several.
    ///
    /// - Throws: ``ProviderFailure`` `refused` where more was shipped than is open.
    static func allocate<ID>(_ shipped: [SKUQuantity], to lines: [OpenLine<ID>]) throws(ProviderFailure) -> [ID: Int] {
        var result: [ID: Int] = [:]
        for (sku, quantity) in shipped.units.sorted(by: { $0.key < $1.key }) {
            var missing = quantity
            for line in lines where line.sku == sku && missing > 0 {
                let taken = min(missing, line.open - result[line.id, default: 0])
                guard taken > 0 else { continue }
                result[line.id, default: 0] += taken
                missing -= taken
            }
            guard missing == 0 else {
                throw .refused(
                    code: "over_shipped",
                    message: "\(quantity) of \(sku) were shipped, \(quantity - missing) of them are open on the order.")
            }
        }
        return result
    }
}
