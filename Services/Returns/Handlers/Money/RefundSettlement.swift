import Commerce
import Contracts
import Foundation
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
        if let parts = news.atStripe {
            let store = StripeRefundStore(transaction)
            if try await store.knowsBetter(than: parts, of: id) {
                try await lookAgain(id)
                // WHY: the end of the first call is all that is known of its part in the shop.
                guard refund.status == .requested else { return refund.status }
            }
            try await store.save(parts, of: id, in: refund.amount.currency)
        }
        let before = refund.status
        if before != news.status, RefundLifeCycle.refund.permits(from: before, to: news.status) { refund.take(news) }
        let (turn, part) = try await post(news, &refund, since: before, ledger)
        guard turn != nil || part != nil else {
            try await place(refund, as: news)
            return refund.status
        }
        // WHY: before the refund is saved: what webhooks are told has changed since then.
        let goods = try await returned(by: refund)
        try await refunds.save(refund)
        if let turn {
            try await tell(refund, as: turn, goods)
        } else if let part, let goods {
            try await tellOfPart(refund, as: part, goods)
        }
        return refund.status
    }

    /// What was read at Stripe has changed there since, and somebody has heard of it before.
    private func lookAgain(_ id: RefundID) async throws {
        try await transaction.schedule(
            CheckRefund(refundID: id), at: transaction.now.addingTimeInterval(Duration.minutes(1).timeInterval),
            subject: id.description)
    }

    /// The shop has what until now was at Stripe alone.
    private func place(_ refund: RefundStore.Row, as news: RefundNews) async throws {
        guard news.atStripe != nil, refund.externalID == nil, let externalID = news.externalID else { return }
        var refund = refund
        refund.provider = news.provider
        refund.externalID = externalID
        try await RefundStore(transaction).save(refund)
    }

    /// Posts the turn of the whole, and what single payments give of one that failed.
    /// - Returns: names for the turn and for the last change of a part; nil where there is none.
    private func post(
        _ news: RefundNews, _ refund: inout RefundStore.Row, since before: RefundStatus, _ ledger: Ledger
    ) async throws -> (turn: String?, part: String?) {
        let parts = RefundPartStore(of: ledger, transaction)
        var (turn, part): (String?, String?)
        if before == .failed, refund.status != .failed { part = try await parts.settle([], of: refund.id) }
        let books = RefundBooks(refund, of: ledger, transaction)
        if refund.status != before { turn = try await books.post(since: before) }
        if refund.status == .failed, let told = news.parts { part = try await parts.settle(told, of: refund.id) }
        let given = try await parts.standing(of: refund.id).refunded(in: ledger.sale.currency)
        if turn != nil || part != nil { try await books.moveUnits(since: before, keeping: given != nil) }
        if refund.status == .failed, given != nil || part != nil { refund.sayWhatFailed(given, news) }
        return (turn, part)
    }

    // MARK: Telling

    private func returned(by refund: RefundStore.Row) async throws -> ReturnCase? {
        guard let id = refund.returnID else { return nil }
        return try await ReturnCase.lock(id, in: transaction)
    }

    /// - Parameter turn: names what has come about, for one who hears of it twice.
    private func tell(_ refund: RefundStore.Row, as turn: String, _ goods: ReturnCase?) async throws {
        if refund.status == .succeeded || refund.status == .failed {
            try transaction.announce(
                refund.status == .succeeded ? .refundSucceeded : .refundFailed, RefundFace(refund),
                subject: refund.id.description)
        }
        guard var goods else { return try await DirectRefundBooks(refund, transaction).follow(as: turn) }
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

    /// What single payments give of a refund that failed has changed: whoever decides about it hears of it.
    private func tellOfPart(_ refund: RefundStore.Row, as part: String, _ goods: ReturnCase) async throws {
        var goods = goods
        guard goods.row.refundID == refund.id, goods.row.status == .inReview, let reason = refund.error else {
            return try RefundAlert(refund, part, transaction).partChanged()
        }
        let told = goods.row.shopRefund.map { reason.with($0) } ?? reason
        goods.row.reason = told
        try await WarrantyCase.hear(told, of: goods.row, in: transaction)
        try await goods.save(
            ReturnHappening("refund.part", reason.message, externalRef: refund.externalID, dedupeKey: part))
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
            if goods.row.rests, goods.row.status == .refunded {
                try await ReturnAtRest(transaction: transaction).arrived(refund, &goods)
            }
            happening = ReturnHappening(
                "refund.succeeded", "\(amount) were given back.", externalRef: refund.externalID,
                dedupeKey: turn)
        case .failed:
            let reason = refund.error ?? Refusal(code: "refund_failed", message: "The refund has failed.")
            try await RefundAlert(refund, turn, transaction).bonusStays()
            if goods.row.isSettledClaim {
                try RefundAlert(refund, turn, transaction).failedAtRest()
            } else if goods.follow(.refundFailed) {
                goods.row.reason = reason
                if goods.row.rests { try await ReturnAtRest(transaction: transaction).expectDecision(&goods) }
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

extension RefundStore.Row {
    fileprivate mutating func take(_ news: RefundNews) {
        status = news.status
        provider = news.provider
        externalID = news.externalID ?? externalID
        error = news.status == .failed ? news.error : nil
    }

    /// - Parameter given: what of it went back all the same; nil for nothing.
    fileprivate mutating func sayWhatFailed(_ given: Money?, _ news: RefundNews) {
        externalID = externalID ?? news.externalID
        guard let given else {
            error = Refusal(code: "refund_failed", message: "The payment provider did not give the money back.")
            return
        }
        let rest = returnID == nil ? "refund the rest as an amount." : "approved, only the rest is given."
        error = Refusal(
            code: Refusal.refundFailedInPart, message: "\(given) of \(amount) were given back, and no more; \(rest)")
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
