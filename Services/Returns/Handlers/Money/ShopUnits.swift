import Commerce
import Foundation
import Messaging

/// The units of an order that refunds made in the shop, and edits of the order, have taken back: held under the order's id, so that no refund of
/// ours gives them back again. The lock of the order's ledger is held.
///
/// *Guarantees*: units that are in a return or refund already stay there; what the shop has taken back beyond the free ones
/// is kept, and takes the first units that come free.
struct ShopUnits: Sendable {
    /// Units of a line that the shop had not taken back when it was read last.
    struct News: Sendable, Equatable {
        let line: RefundOrderLine
        let quantity: Int
        /// All that it has taken back of the line.
        let total: Int
        /// How many of them are still in a return or refund of ours.
        let missing: Int
        /// Whether an edit of the order has removed units of the line.
        let isEdited: Bool
    }

    private let ledger: Ledger
    private let transaction: HandlerTransaction

    private var units: HeldUnitStore { HeldUnitStore(transaction, of: ledger.orderID) }
    private var shortages: UnitShortageStore { UnitShortageStore(transaction, of: ledger.orderID) }

    init(of ledger: Ledger, _ transaction: HandlerTransaction) {
        self.ledger = ledger
        self.transaction = transaction
    }

    /// Holds as many units of each line as the shop has taken back by now, and lets go of what its failed refunds had.
    /// - Parameters:
    ///   - wanted: by the id of the line.
    ///   - removed: the lines of which an edit of the order has removed some of them.
    /// - Returns: what is new.
    func hold(_ wanted: [String: Int], removed: Set<String>) async throws -> [News] {
        var taken = try await units.units()
        let (mine, before) = (try await units.units(heldBy: ledger.orderID.uuid), try await shortages.all())
        var news: [News] = []
        for line in ledger.sale.lines {
            let (held, total, missing) = (mine[line.id], wanted[line.id] ?? 0, before[line.id] ?? 0)
            let surplus = held.count - total
            if surplus > 0 {
                try await units.release(
                    UnitNumbers(held.numbers.suffix(surplus)), of: line.id, by: ledger.orderID.uuid)
            }
            let left = surplus < 0 ? try await take(-surplus, of: line, beside: &taken) : 0
            if left != missing { try await shortages.save(left, of: line.id) }
            let quantity = total - held.count - missing
            guard quantity > 0 else { continue }
            news.append(
                News(
                    line: line, quantity: quantity, total: total, missing: left, isEdited: removed.contains(line.id)))
        }
        return news
    }

    /// - Returns: how many of them were not free.
    private func take(_ count: Int, of line: RefundOrderLine, beside taken: inout HeldUnits) async throws -> Int {
        var reservation = UnitReservation(quantity: line.quantity, taken: taken[line.id])
        guard let more = reservation.reserve(min(count, reservation.free.count)) else { return count }
        try await units.hold([ReturnedLine(lineID: line.id, units: more)], by: ledger.orderID.uuid)
        taken.take(more, of: line.id)
        return count - more.count
    }

    /// Units of the order have come free.
    func makeUp() async throws {
        let missing = try await shortages.all()
        guard !missing.isEmpty else { return }
        var taken = try await units.units()
        for line in ledger.sale.lines {
            guard let before = missing[line.id] else { continue }
            let left = try await take(before, of: line, beside: &taken)
            if left != before { try await shortages.save(left, of: line.id) }
        }
    }

    /// The same, of an order by its id.
    static func makeUp(of orderID: OrderID, in transaction: HandlerTransaction) async throws {
        guard let ledger = try await LedgerStore(transaction).lock(orderID) else { return }
        try await ShopUnits(of: ledger, transaction).makeUp()
    }

    /// Lets go of everything that one return or refund holds.
    static func release(
        heldBy holder: UUID, of orderID: OrderID, in transaction: HandlerTransaction
    ) async throws {
        try await HeldUnitStore(transaction, of: orderID).releaseAll(heldBy: holder)
        try await makeUp(of: orderID, in: transaction)
    }
}
