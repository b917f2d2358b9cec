import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Writes down what has become of the money of a refund, whoever tells it: our own call, a webhook, a look at the shop.
///
/// *Guarantees*: told twice, late, or in another order it posts each turn once; the books, the units, the return, its
/// ticket and the webhooks follow in the same transaction. Nothing downstream is told of a success before it is one.
struct RefundSettlement: Sendable {
    let transaction: HandlerTransaction

    /// - Returns: the refund's status afterwards; nil for a refund that is not here.
    @discardableResult
    func settle(_ id: RefundID, _ news: RefundNews) async throws -> RefundStatus? {
        let refunds = RefundStore(transaction)
        guard let orderID = try await refunds.find(id)?.orderID,
            let ledger = try await LedgerStore(transaction).lock(orderID), var refund = try await refunds.lock(id)
        else { return nil }
        guard refund.status != news.status else { return refund.status }
        guard RefundLifeCycle.refund.permits(from: refund.status, to: news.status) else { return refund.status }
        let before = refund
        refund.status = news.status
        refund.provider = news.provider
        refund.externalID = news.externalID ?? refund.externalID
        refund.error = news.status == .failed ? news.error : nil
        try await refunds.save(refund)
        let books = RefundBooks(refund, of: ledger, transaction)
        let turn = try await books.post(since: before.status)
        try await books.moveUnits(since: before.status)
        try await tell(refund, as: turn)
        return refund.status
    }

    // MARK: Telling

    /// - Parameter turn: names what has come about, for one who hears of it twice.
    private func tell(_ refund: RefundStore.Row, as turn: String) async throws {
        if refund.status == .succeeded || refund.status == .failed {
            try transaction.announce(
                refund.status == .succeeded ? .refundSucceeded : .refundFailed, RefundFace(refund),
                subject: refund.id.description)
        }
        guard let returnID = refund.returnID else { return }
        var goods = try await ReturnCase.lock(returnID, in: transaction)
        guard goods.row.refundID == refund.id else { return try await tellOfEarlier(refund, as: turn) }
        try await follow(refund, as: turn, &goods)
        guard refund.status == .succeeded || refund.status == .failed else { return }
        try ReturnNews(goods.row, transaction).refundSettled(refund.id, refund.status)
    }

    /// A refund of the return that another one has taken the place of: money that arrives after all was given twice.
    private func tellOfEarlier(_ refund: RefundStore.Row, as turn: String) async throws {
        guard refund.status == .succeeded else { return }
        try await RefundAlert(refund, turn, transaction).givenTwice()
    }

    private func follow(_ refund: RefundStore.Row, as turn: String, _ goods: inout ReturnCase) async throws {
        let amount = "\(refund.amount)"
        let happening: ReturnHappening
        switch refund.status {
        case .succeeded:
            if !goods.follow(.refundSucceeded), goods.row.status == .inReview {
                goods.row.reason = Refusal(
                    code: "refund_arrived", message: "The refund arrived after all; approved, nothing is paid again.")
            }
            try await WarrantyCase.hearArrival(of: refund, goods.row, as: turn, in: transaction)
            happening = ReturnHappening(
                "refund.succeeded", "\(amount) were given back.", externalRef: refund.externalID,
                dedupeKey: turn)
        case .failed:
            let reason = refund.error ?? Refusal(code: "refund_failed", message: "The refund has failed.")
            if goods.row.isSettledClaim {
                try RefundAlert(refund, turn, transaction).failedAtRest()
            } else if goods.follow(.refundFailed) {
                goods.row.reason = reason
            }
            happening = ReturnHappening(
                "refund.failed", "\(amount) were not given back: \(reason.message)", externalRef: refund.externalID,
                dedupeKey: turn)
        case .requested, .pending, .requiresAction:
            happening = ReturnHappening(
                "refund.\(refund.status.rawValue)", "\(amount) are on their way back.", externalRef: refund.externalID,
                dedupeKey: turn)
        }
        try await goods.save(happening)
    }
}

/// A refund as webhooks tell of it.
private struct RefundFace: Encodable {
    let refund: RefundStore.Row

    init(_ refund: RefundStore.Row) {
        self.refund = refund
    }

    enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, reason, error
        case orderID = "order_id"
        case returnID = "return_id"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(refund.id, forKey: .id)
        try container.encode(refund.orderID, forKey: .orderID)
        try container.encode(refund.returnID, forKey: .returnID)
        try container.encode(refund.status, forKey: .status)
        try container.encode(refund.amount.decimalString, forKey: .amount)
        try container.encode(refund.amount.currency.code, forKey: .currency)
        try container.encode(refund.reason, forKey: .reason)
        try container.encode(refund.error, forKey: .error)
    }
}
