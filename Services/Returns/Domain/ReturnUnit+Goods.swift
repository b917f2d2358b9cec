import Commerce
import Contracts

extension ReturnUnit {
    /// What becomes of it under the policy that it was asked back under; nil for one that was never set.
    ///
    /// What is broken, is not what was sold, or has no grade is sold again by no policy.
    func disposition(under policy: ReturnPolicy?) -> GoodsDisposition {
        guard let grade else { return .quarantine }
        let ofGrade = policy?.disposition(of: grade) ?? grade.usualDisposition
        let isAsSold = state == .received && matched != false
        return ofGrade == .restock && !isAsSold ? .quarantine : ofGrade
    }

    /// Whether it is here and goes into stock.
    func isSoldAgain(under policy: ReturnPolicy?) -> Bool {
        isHere && !stays && disposition(under: policy) == .restock
    }
}

extension HeldUnits {
    func has(_ unit: ReturnUnit) -> Bool { self[unit.lineID].runs.contains { $0.contains(unit.number) } }
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
