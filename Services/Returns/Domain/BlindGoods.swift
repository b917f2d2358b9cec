import Commerce
import Views

extension [BlindReceiptRecord.Goods] {
    /// - Parameter receipts: all that the warehouse tells of a return.
    init(_ receipts: [WarehouseReceipt]) {
        self = receipts.map { Element(sku: $0.sku, quantity: $0.quantity, condition: $0.condition) }.together
    }

    /// Units of one item in one condition are one entry, in the order in which they were named first.
    var together: Self {
        var goods: Self = []
        for one in self {
            if let index = goods.firstIndex(where: { $0.sku == one.sku && $0.condition == one.condition }) {
                goods[index].quantity += one.quantity
            } else {
                goods.append(one)
            }
        }
        return goods
    }

    var bySKU: [String: Int] { Dictionary(map { ($0.sku, $0.quantity) }, uniquingKeysWith: +) }

    /// Whether of some item there are more units than before.
    func holdsMore(than before: Self) -> Bool {
        let known = before.bySKU
        return bySKU.contains { $0.value > known[$0.key] ?? 0 }
    }

    /// As the return takes them that they turned out to be of. Nobody announced them, so that a person looks at them,
    /// whatever condition the warehouse saw.
    var receipts: [WarehouseReceipt] {
        map { WarehouseReceipt(sku: $0.sku, quantity: $0.quantity, condition: $0.condition, isAnnounced: false) }
    }
}

extension BlindReceiptID {
    /// What people can do about them, ready to type.
    var decisions: [String] {
        [
            "stateset returns blind match \(self) --to ret_… --reason …",
            "stateset returns blind open \(self) --order … --reason …",
            "stateset returns blind dismiss \(self) --reason …",
        ]
    }
}
