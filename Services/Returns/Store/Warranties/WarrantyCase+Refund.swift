import Commerce
import Contracts
import Messaging

extension WarrantyCase {
    /// Money of a claim's return has arrived. In review it says so, for a person would pay it again otherwise; where the
    /// claim is made good another way, or is over, people are told that it was given twice.
    static func hearArrival(
        of refund: RefundStore.Row, _ goods: ReturnRow, as turn: String, in transaction: HandlerTransaction
    ) async throws {
        guard let id = goods.warrantyID else { return }
        var claim = try await lock(id, in: transaction)
        if claim.row.isMadeGoodWithoutMoney {
            try await RefundAlert(refund, turn, transaction).givenTwice()
        } else if claim.row.status == .inReview, goods.status == .inReview {
            claim.row.reason = goods.reason
            try await claim.save(
                ReturnHappening(
                    "warranty.refund_arrived", goods.reason?.message ?? "The refund arrived after all.",
                    externalRef: refund.externalID, dedupeKey: turn))
        }
    }
}

extension WarrantyCase {
    /// Why the goods of a claim in review are still unpaid, told anew.
    static func hear(_ reason: Refusal, of goods: ReturnRow, in transaction: HandlerTransaction) async throws {
        guard let id = goods.warrantyID else { return }
        var claim = try await lock(id, in: transaction)
        guard claim.row.status == .inReview else { return }
        claim.row.reason = reason
        try await claim.save()
    }

    /// What was refunded in the shop of the line that a claim in review is about.
    static func hear(doubt: Refusal, of goods: ReturnRow, in transaction: HandlerTransaction) async throws {
        guard let id = goods.warrantyID else { return }
        var claim = try await lock(id, in: transaction)
        guard claim.row.status == .inReview else { return }
        claim.row.reason = claim.row.reason?.with(doubt) ?? doubt
        try await claim.save()
    }
}

extension WarrantyRow {
    /// Whether something else is given for the goods, or nothing is.
    fileprivate var isMadeGoodWithoutMoney: Bool {
        switch status {
        case .inRepair, .repaired, .replaced, .closed, .rejected, .cancelled, .expired: true
        default: replacement != nil
        }
    }
}
