import Commerce
import Contracts
import Messaging

/// What is to be changed in the shop's stock, so that it has of a return's goods what is sold again as they are graded now.
struct RestockPlan: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    /// Nil where nothing is to be changed.
    ///
    /// Failure: a ``Refusal`` `refund_not_succeeded` where nothing was put into stock yet and the money is not through.
    func change(
        after earlier: [RestockStore.Adjustment]
    ) async throws -> (own: [StockTally.Line], byHand: [StockTally.Line])? {
        let isThrough = try await isThrough(isFirst: earlier.isEmpty)
        let policy = try await PolicyStore(transaction).find(row.policyVersion, as: ReturnPolicy.self)
        let change = StockTally(earlier).change(
            to: sold(under: policy), mayAdd: isThrough && row.externalIDs["netsuite"] == nil)
        return change.own.isEmpty && change.byHand.isEmpty ? nil : change
    }

    /// WHY: nothing is put into stock before the money is through; what is not sold again leaves it whatever becomes of
    /// that.
    private func isThrough(isFirst: Bool) async throws -> Bool {
        do {
            _ = try await RefundedReturn.lock(row.id, in: transaction)
            return true
        } catch let refusal as Refusal {
            guard !isFirst else { throw refusal }
            return false
        }
    }

    private func sold(under policy: ReturnPolicy?) -> [StockTally.Line] {
        let units = row.units.filter { $0.isSoldAgain(under: policy) }
        let skus = Dictionary(units.map { ($0.lineID, $0.sku) }) { first, _ in first }
        return units.byLine.map { .init(id: $0.key, sku: skus[$0.key] ?? "", quantity: $0.value) }
    }
}
