import Commerce
import Contracts

extension GoodsGrade {
    /// Whether goods of this grade are sold again as they are.
    var isSellable: Bool { self == .a || self == .b }
}

extension ReturnUnit {
    /// Whether it goes back into stock: it is what was sold, whole, and of a grade that is sold again.
    var isSellable: Bool { state == .received && matched != false && grade?.isSellable == true }
}

extension [ReturnUnit] {
    /// So many of each SKU, by SKU.
    var bySKU: [SKUQuantity] {
        Dictionary(map { ($0.sku, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
            .map { SKUQuantity(sku: $0.key, quantity: $0.value) }
    }

    /// So many of each line, by the line's id.
    var byLine: [String: Int] { Dictionary(map { ($0.lineID, 1) }, uniquingKeysWith: +) }
}
