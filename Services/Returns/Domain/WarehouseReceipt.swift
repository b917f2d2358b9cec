import Providers

/// Units of one item that came in together.
struct WarehouseReceipt: Codable, Sendable, Equatable {
    var sku: String
    var quantity: Int
    /// `A` to `D`; nil while nobody has looked at the units.
    var condition: String?
    /// Whether the item was on the return that we announced.
    var isAnnounced: Bool
}

extension DCLReturn {
    /// What has come in of it, in an order that does not depend on the warehouse's.
    var warehouseReceipts: [WarehouseReceipt] {
        lines.flatMap { line in
            line.receipts.filter { $0.quantity > 0 }.map {
                WarehouseReceipt(
                    sku: line.itemNumber, quantity: $0.quantity, condition: $0.condition, isAnnounced: line.quantity > 0
                )
            }
        }.sorted {
            ($0.sku, $0.condition ?? "", $0.quantity, $0.isAnnounced ? 1 : 0)
                < ($1.sku, $1.condition ?? "", $1.quantity, $1.isAnnounced ? 1 : 0)
        }
    }
}
