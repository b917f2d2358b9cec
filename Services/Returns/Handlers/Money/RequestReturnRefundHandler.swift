import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// Asks for the refund of what has come in, on the terms the return was decided on.
///
/// *Guarantees*: the units go from the return to its refund in one transaction, so that at no moment anything else can
/// have them; units that have not come in are free again. Where units were refunded in the shop that may be the same, a
/// person has approved it knowing that, also where new goods are all that is given for them, and so where the order's payments
/// have less left than was promised.
struct RequestReturnRefundHandler: CommandHandler {
    func handle(
        _ command: RequestReturnRefund, in transaction: HandlerTransaction
    ) async throws -> RequestReturnRefund.Reply {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        return try await ReturnRefundRequest(transaction: transaction).request(&goods)
    }
}

/// A return's money on its way to be asked for, whoever has it asked for. The lock of its order's ledger is held.
struct ReturnRefundRequest: Sendable {
    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` where the return has nothing to refund yet, or a person has to decide first; nothing has
    /// changed then.
    func request(_ goods: inout ReturnCase) async throws -> RequestReturnRefund.Reply {
        let orderID = goods.row.orderID
        guard let ledger = try await LedgerStore(transaction).lock(orderID) else {
            throw Refusal(code: "nothing_refundable", message: "No payment of the order is known.")
        }
        guard goods.permits(.requestRefund) else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(goods.row.status.rawValue) has nothing to refund yet."
            )
        }
        if let standing = try await stands(goods) { return try await takeUp(standing, &goods) }
        // WHY: an older build let a person approve what nobody had graded.
        try goods.row.requireGrades()
        let refund = try await ReturnRefundDraft(goods.row, ledger, transaction).post()
        try await ShopUnits(of: ledger, transaction).makeUp()
        // Where the goods are refunded in the place of an exchange, there will be none.
        try await ExchangeStore(transaction).release(goods.row.id)
        goods.row.refundID = refund.refundID
        if refund.refundID != nil { try goods.move(.requestRefund) }
        let amount = "\(refund.amount) \(refund.currency)"
        try await goods.save(
            ReturnHappening(
                "return.refund_requested",
                refund.refundID == nil ? "Nothing is to be given back." : "\(amount) are to be given back.",
                externalRef: refund.refundID?.description,
                dedupeKey: refund.refundID?.description ?? goods.row.key))
        return refund
    }

    /// A refund of the return that has arrived after all, having failed before: nothing is asked for again, also where
    /// another has taken its place meanwhile.
    private func stands(_ goods: ReturnCase) async throws -> RefundStore.Row? {
        try await RefundStore(transaction).succeeded(of: goods.row.id)
    }

    private func takeUp(
        _ refund: RefundStore.Row, _ goods: inout ReturnCase
    ) async throws -> RequestReturnRefund.Reply {
        try await ExchangeStore(transaction).release(goods.row.id)
        goods.row.refundID = refund.id
        try goods.move(.requestRefund)
        goods.follow(.refundSucceeded)
        try await goods.save(
            ReturnHappening(
                "return.refund_stands", "\(refund.amount) had arrived after all: nothing is given back again.",
                externalRef: refund.externalID,
                dedupeKey: "\(refund.id)-\(transaction.now.timeIntervalSince1970)"))
        let bonus = try await RefundStore(transaction).calculation(of: refund.id)?.storeCreditBonus
        return RequestReturnRefund.Reply(
            refundID: refund.id, amount: refund.amount.decimalString, currency: refund.amount.currency.code,
            bonus: bonus?.decimalUnlessZero)
    }
}

/// The refund of a return on its way into the ledger, whose lock is held.
struct ReturnRefundDraft: Sendable {
    private let row: ReturnRow
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ ledger: Ledger, _ transaction: HandlerTransaction) {
        self.row = row
        self.ledger = ledger
        self.transaction = transaction
    }

    /// Failure: a ``Refusal`` for a person to decide on; nothing has changed then.
    func post() async throws -> RequestReturnRefund.Reply {
        let held = HeldUnitStore(transaction, of: ledger.orderID)
        // What earlier refunds gave before they failed is of the same goods, and given once.
        let parts = try await RefundPartStore(of: ledger, transaction).standing(of: row.id)
        let ground = RefundGround(
            sale: ledger.sale, tenders: ledger.tenders, held: try await held.units(besides: row.id.uuid),
            shippingRefunded: try await LedgerStore(transaction).shippingRefunded(of: ledger.orderID) - parts.shipping,
            exchanged: ledger.exchanged(besides: row.id), ownShipping: try await ledger.ownShipping(transaction))
        let lines = row.refundedLines
        guard !lines.isEmpty else {
            try await held.releaseAll(heldBy: row.id.uuid)
            return reply(nil, .zero(ledger.sale.currency))
        }
        let exchange = try await ExchangeStore(transaction).find(row.id)
        if exchange == nil, let orderID = row.exchangeOrder { throw Refusal.exchangeStands(orderID) }
        let (result, booked) = try calculate(
            lines, less: exchange?.taken() ?? [], parts.refunded(in: ledger.sale.currency), on: ground)
        try await requireNoDoubt(about: result, beside: exchange)
        try await held.releaseAll(heldBy: row.id.uuid)
        guard result.total.minorUnits > 0 else {
            // Given back for nothing, the goods are sold no more: nobody can return them again.
            try await held.hold(lines, by: row.id.uuid)
            return reply(nil, result.total)
        }
        let id = RefundID()
        try await held.hold(lines, by: id.uuid)
        try await RefundStore(transaction).insert(
            .init(
                id: id, orderID: ledger.orderID, amount: result.total, reason: row.refundReason, calculation: result,
                books: booked.map { .init(amount: $0.total, calculation: $0) }, returnID: row.id,
                destination: row.resolution == .storeCredit ? .storeCredit : .tenders))
        try await LedgerStore(transaction).post(
            .refundRequested(result, besides: parts, cause: id.description), to: ledger.orderID)
        return reply(id, result.total, bonus: result.storeCreditBonus)
    }

    /// Failure: a ``Refusal`` where a person has to decide first, and for a claim for whose goods nothing is left.
    private func requireNoDoubt(about result: RefundResult, beside exchange: ReturnExchange?) async throws {
        if let cut = try await ReturnPromise(row, of: ledger, transaction).cut(by: result) { throw cut }
        let givesMoney = result.total.minorUnits > 0
        guard givesMoney || row.warrantyID == nil || result.capped.minorUnits == 0 else {
            throw Refusal(
                code: "nothing_refundable",
                message: "\(result.payable) are due, and the order's payments have nothing left.")
        }
        // WHY: what is set aside is ordered next, also where it leaves no money to give; what is ordered is given already.
        let givesGoods = exchange != nil && row.exchangeOrder == nil
        if givesMoney || givesGoods, let doubt = row.shopRefund { throw doubt }
    }

    private func reply(_ id: RefundID?, _ amount: Money, bonus: Money? = nil) -> RequestReturnRefund.Reply {
        .init(
            refundID: id, amount: amount.decimalString, currency: amount.currency.code, bonus: bonus?.decimalUnlessZero)
    }

    /// What the customer gets, and what the shop's books are told of it where they are in another currency.
    private func calculate(
        _ lines: [ReturnedLine], less exchange: [ExchangeLine], _ givenBefore: Money?, on ground: RefundGround
    ) throws -> (RefundResult, booked: RefundResult?) {
        do {
            let sale = ledger.sale
            let shops = try row.decision.refundPolicy(in: sale.inBooks.currency, as: row.resolution)
            let policy = try sale.converted(shops, to: sale.currency)
            let result = try RefundCalculation.result(
                for: ground.request(lines, policy: policy).less(exchange, givenBefore))
            return (result, try ground.booked(result, of: lines, policy: shops))
        } catch let wrong as RefundProblems {
            throw Refusal(wrong)
        }
    }
}

extension Money {
    fileprivate var decimalUnlessZero: String? { minorUnits == 0 ? nil : decimalString }
}
