import Commerce
import Messaging

/// Whether a return's order has left what the return was promised of it. The lock of the order's ledger is held.
///
/// A claim is promised nothing: under a warranty the customer gets what is left of the goods' worth.
struct ReturnPromise: Sendable {
    private let row: ReturnRow
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, of ledger: Ledger, _ transaction: HandlerTransaction) {
        self.row = row
        self.ledger = ledger
        self.transaction = transaction
    }

    /// Why a person has to look at what would be given; nil where it is what was promised.
    func cut(by result: RefundResult) async throws -> Refusal? {
        guard row.warrantyID == nil else { return nil }
        let promise = RefundPromise(
            room: try await PromisedRoomStore(transaction).find(row.id),
            rounding: try await Self.rounding(of: ledger, transaction))
        let missing = promise.shortfall(of: result)
        guard missing.minorUnits > 0 else { return nil }
        return Refusal(code: Refusal.refundCut, message: words(result, missing))
    }

    /// Minor units by which what is left may differ for the shop's own rounding.
    static func rounding(of ledger: Ledger, _ transaction: HandlerTransaction) async throws -> Int64 {
        let units = HeldUnitStore(transaction, of: ledger.orderID)
        return ledger.sale.rounding(of: try await units.units(heldBy: ledger.orderID.uuid))
    }

    private func words(_ result: RefundResult, _ missing: Money) -> String {
        let outcome = result.total.minorUnits > 0 ? "\(result.total) are given, and no more" : "nothing is given"
        let disputed =
            ledger.tenders.contains { $0.disputedBy != nil }
            ? " A payment is in dispute, and gives nothing back before that has ended." : ""
        let given = Money(minorUnits: ledger.exchanged(besides: row.id), currency: result.currency)
        let others = given.minorUnits > 0 ? " Goods of other exchanges have taken \(given) of them." : ""
        let left = result.exchangeTotal.minorUnits > 0 ? "left beside the new goods" : "left"
        return "\(result.payable) are due, and the order's payments have \(result.total) \(left): \(missing) less than "
            + "was promised.\(others) Approved, \(outcome).\(disputed)"
    }

    /// A person who was told that less is left has approved giving so much.
    func accept() async throws {
        let parts = try await RefundPartStore(of: ledger, transaction).standing(of: row.id)
        let given = parts.refunded(in: ledger.sale.currency)?.minorUnits ?? 0
        // WHY: what its goods have had already, as money or as the goods of its own exchange, is taken off when it is looked
        // at whether the promise is kept.
        try await PromisedRoomStore(transaction).save(ledger.room(besides: row.id) + given, of: row.id)
    }
}

extension Refusal {
    /// The order's payments have less left than was promised for the goods.
    static let refundCut = "refund_cut"

    /// Whether a person's yes, given once this was told, lets the money go.
    var asksAboutMoney: Bool { code == Refusal.refundCut || code == Refusal.refundedInShop }
}
