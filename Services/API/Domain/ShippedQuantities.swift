import Commerce
import Contracts

/// How much of each line has left the warehouse. Packages know SKUs, not lines: lines of one SKU fill up in order.
enum ShippedQuantities {
    static func of(_ lines: [OrderLine], in packages: [[SKUQuantity]]) -> [Int] {
        var shipped = packages.joined().reduce(into: [String: Int]()) { $0[$1.sku, default: 0] += $1.quantity }
        return lines.map { line in
            let quantity = min(max(0, line.quantity), shipped[line.sku, default: 0])
            shipped[line.sku, default: 0] -= quantity
            return quantity
        }
    }
}
