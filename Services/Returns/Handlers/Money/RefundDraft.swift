import Commerce
import Contracts
import Foundation
import Messaging

/// A refund on its way into the ledger of an order, whose lock is held.
struct RefundDraft: Sendable {
    private let command: RequestRefund
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    init(_ command: RequestRefund, _ ledger: Ledger, _ transaction: HandlerTransaction) {
        self.command = command
        self.ledger = ledger
        self.transaction = transaction
    }

    private var currency: Currency { ledger.sale.currency }

    /// Units of lines, on the terms that were decided for them.
    func post(_ lines: [RequestRefund.Line], as id: RefundID) async throws {
        let units = HeldUnitStore(transaction, of: ledger.orderID)
        let ground = RefundGround(
            sale: ledger.sale, tenders: ledger.tenders, held: try await units.units(),
            shippingRefunded: try await LedgerStore(transaction).shippingRefunded(of: ledger.orderID),
            exchanged: ledger.exchanged(), ownShipping: try await ledger.ownShipping(transaction))
        let returned = try RefundTerms(ground).lines(lines)
        let (result, booked) = try calculate(returned, on: ground)
        let promise = RefundPromise(room: nil, rounding: try await ReturnPromise.rounding(of: ledger, transaction))
        guard result.total.minorUnits > 0, promise.shortfall(of: result).minorUnits == 0 else {
            throw nothingRefundable(result.payable)
        }
        try await units.hold(returned, by: id.uuid)
        try await store(
            .refundRequested(result, cause: id.description), result.total, calculation: result,
            books: booked.map { .init(amount: $0.total, calculation: $0) }, as: id)
    }

    /// An amount without goods, from the payments in proportion to what is left of each.
    func post(_ amount: String, as id: RefundID) async throws {
        let money: Money
        do {
            money = try Money(decimal: amount, currency: currency)
        } catch {
            throw Refusal(code: "bad_amount", message: "'\(amount)' is no amount in \(currency): \(error)")
        }
        guard money.minorUnits > 0 else {
            throw Refusal(code: "bad_amount", message: "The amount must be above zero.")
        }
        guard ledger.room() >= money.minorUnits else { throw nothingRefundable(money) }
        let shares = try money.allocate(weights: ledger.open.map(\.room)).map(\.minorUnits)
        let entry = LedgerEntry.goodwillRequested(
            zip(ledger.open, shares).map { ($0.id.description, $1) }, in: currency, cause: id.description)
        let sale = ledger.sale
        let books =
            sale.isForeign ? RefundStore.Books(amount: try sale.converted(money, to: sale.inBooks.currency)) : nil
        try await store(entry, money, calculation: nil, books: books, as: id)
    }

    private func store(
        _ entry: LedgerEntry, _ amount: Money, calculation: RefundResult?, books: RefundStore.Books?, as id: RefundID
    ) async throws {
        try await RefundStore(transaction).insert(
            .init(
                id: id, orderID: ledger.orderID, amount: amount, reason: command.reason, calculation: calculation,
                books: books, destination: command.resolution == .storeCredit ? .storeCredit : .tenders))
        try await LedgerStore(transaction).post(entry, to: ledger.orderID)
        try await transaction.audit(
            AuditEntry(
                action: "refund.requested", subject: id.description, reason: command.reason,
                after: try RawJSON(encoding: ["order_id": "\(ledger.orderID)", "amount": "\(amount)"])))
    }

    /// What the customer gets, and what the shop's books are told of it where they are in another currency.
    private func calculate(
        _ lines: [ReturnedLine], on ground: RefundGround
    ) throws -> (RefundResult, booked: RefundResult?) {
        do {
            let policy = try command.policy?.policy(in: currency) ?? RefundPolicy()
            let result = try RefundCalculation.result(for: ground.request(lines, policy: policy))
            return (result, try ground.booked(result, of: lines, policy: policy))
        } catch let wrong as RefundProblems {
            throw Refusal(wrong)
        }
    }

    private func nothingRefundable(_ wanted: Money) -> Refusal {
        let room = Money(minorUnits: ledger.room(), currency: currency)
        let isDisputed = ledger.tenders.contains { $0.disputedBy != nil }
        let disputed = isDisputed ? " A payment is in dispute and gives nothing back." : ""
        let given = Money(minorUnits: ledger.exchanged(), currency: currency)
        let exchanged = given.minorUnits > 0 ? " Goods that were taken in exchange have \(given) of them." : ""
        return Refusal(
            code: "nothing_refundable",
            message: "\(room) of the order's payments can still be refunded; this takes \(wanted)."
                + "\(exchanged)\(disputed)")
    }
}

extension Refusal {
    /// The first of what is wrong, with its place; the rest behind it.
    init(_ wrong: RefundProblems) {
        self.init(
            code: wrong.problems[0].code.rawValue,
            message: wrong.problems.map { "\($0.field): \($0.message)" }.joined(separator: " "))
    }
}
