import Providers

/// Units of one item that came in together.
struct WarehouseReceipt: Codable, Sendable, Equatable {
    var sku: String
    var quantity: Int
    /// `A` to `D`; nil while nobody has looked at the units.
    var condition: String?
    /// Whether the item was on the return that we announced.
    var isAnnounced: Bool

    // LIMIT: more than any return brings; what is reckoned from a warehouse's slip of the pen stays a number.
    fileprivate static let quantityMax = 100_000

    fileprivate var rank: String { "\(sku)|\(condition ?? "")|\(quantity)|\(isAnnounced)" }
}

extension DCLReturn {
    /// What has come in of it, in an order that does not depend on the warehouse's.
    var warehouseReceipts: [WarehouseReceipt] {
        var found: [WarehouseReceipt] = []
        for line in lines {
            for receipt in line.receipts where receipt.quantity > 0 {
                found.append(
                    WarehouseReceipt(
                        sku: line.itemNumber.asWarehouseText,
                        quantity: min(receipt.quantity, WarehouseReceipt.quantityMax),
                        condition: receipt.condition?.asWarehouseText, isAnnounced: line.quantity > 0))
            }
        }
        return found.sorted { $0.rank < $1.rank }
    }
}
