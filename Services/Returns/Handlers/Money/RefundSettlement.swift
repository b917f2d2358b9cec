import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// Writes down what has become of the money of a refund, whoever tells it: our own call, a webhook, a look at the shop.
///
/// *Guarantees*: told twice, late, or in another order it posts each entry once; the books, the units, the return, its
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
        try await post(refund, since: before.status, ledger)
        try await moveUnits(of: refund)
        try await tell(refund)
        return refund.status
    }

    // MARK: Books

    private func post(_ refund: RefundStore.Row, since before: RefundStatus, _ ledger: Ledger) async throws {
        let ledgers = LedgerStore(transaction)
        guard
            let requested = try await ledgers.entry(.refundRequested, refund.id.description, of: ledger)
        else { return }
        let entry: LedgerEntry? =
            switch (before, refund.status) {
            case (.failed, .succeeded): requested.succeededLate
            case (_, .succeeded): requested.succeeded
            case (.succeeded, .failed): requested.reversed
            case (_, .failed): requested.failed
            default: nil
            }
        if let entry { try await ledgers.post(entry, to: refund.orderID) }
    }

    /// The units of a refund that failed go back to its return, or are free.
    private func moveUnits(of refund: RefundStore.Row) async throws {
        let held = HeldUnitStore(transaction, of: refund.orderID)
        switch (refund.status, refund.returnID) {
        case (.failed, let returnID?): try await held.pass(from: refund.id.uuid, to: returnID.uuid)
        case (.failed, nil): try await held.releaseAll(heldBy: refund.id.uuid)
        case (.succeeded, let returnID?): try await held.pass(from: returnID.uuid, to: refund.id.uuid)
        default: break
        }
    }

    // MARK: Telling

    private func tell(_ refund: RefundStore.Row) async throws {
        if refund.status == .succeeded || refund.status == .failed {
            try transaction.announce(
                refund.status == .succeeded ? .refundSucceeded : .refundFailed, RefundFace(refund),
                subject: refund.id.description)
        }
        guard let returnID = refund.returnID else { return }
        var goods = try await ReturnCase.lock(returnID, in: transaction)
        guard goods.row.refundID == refund.id else { return }
        try await follow(refund, &goods)
        guard refund.status == .succeeded || refund.status == .failed else { return }
        try ReturnNews(goods.row, transaction).refundSettled(refund.id, refund.status)
    }

    private func follow(_ refund: RefundStore.Row, _ goods: inout ReturnCase) async throws {
        let amount = "\(refund.amount)"
        let happening: ReturnHappening
        switch refund.status {
        case .succeeded:
            goods.follow(.refundSucceeded)
            happening = ReturnHappening(
                "refund.succeeded", "\(amount) were given back.", externalRef: refund.externalID,
                dedupeKey: refund.id.description)
        case .failed:
            let reason = refund.error ?? Refusal(code: "refund_failed", message: "The refund has failed.")
            if goods.follow(.refundFailed) { goods.row.reason = reason }
            happening = ReturnHappening(
                "refund.failed", "\(amount) were not given back: \(reason.message)", externalRef: refund.externalID,
                dedupeKey: refund.id.description)
        case .requested, .pending, .requiresAction:
            happening = ReturnHappening(
                "refund.\(refund.status.rawValue)", "\(amount) are on their way back.", externalRef: refund.externalID,
                dedupeKey: refund.id.description)
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
