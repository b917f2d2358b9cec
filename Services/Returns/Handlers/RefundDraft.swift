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
    /// A payment in dispute gives nothing back.
    private var tenders: [LedgerTender] { ledger.tenders.filter { $0.disputedBy == nil } }

    /// Units of lines, at what they came to at the sale.
    func post(_ lines: [RequestRefund.Line], as id: RefundID) async throws {
        let units = HeldUnitStore(transaction, of: ledger.orderID)
        let held = try await units.units()
        let mine = try reserve(lines, held)
        let result = try await calculate(mine, held)
        guard result.total.minorUnits > 0, result.capped.minorUnits == 0 else { throw nothingRefundable(result.total) }
        try await units.hold(mine, by: id.uuid)
        try await store(
            .refundRequested(result, cause: id.description), result.total, calculation: result, as: id)
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
        let rooms = tenders.map(\.room)
        guard rooms.reduce(0, +) >= money.minorUnits else { throw nothingRefundable(money) }
        let shares = try money.allocate(weights: rooms).map(\.minorUnits)
        let entry = LedgerEntry.goodwillRequested(
            zip(tenders, shares).map { ($0.id.description, $1) }, in: currency, cause: id.description)
        try await store(entry, money, calculation: nil, as: id)
    }

    private func store(
        _ entry: LedgerEntry, _ amount: Money, calculation: RefundResult?, as id: RefundID
    ) async throws {
        try await RefundStore(transaction).insert(
            .init(
                id: id, orderID: ledger.orderID, amount: amount, reason: command.reason, calculation: calculation))
        try await LedgerStore(transaction).post(entry, to: ledger.orderID)
        try await transaction.audit(
            AuditEntry(
                action: "refund.requested", subject: id.description, reason: command.reason,
                after: try RawJSON(encoding: ["order_id": "\(ledger.orderID)", "amount": "\(amount)"])))
    }

    private func reserve(
        _ lines: [RequestRefund.Line], _ held: [String: UnitNumbers]
    ) throws(Refusal) -> [String: UnitNumbers] {
        var mine: [String: UnitNumbers] = [:]
        for line in lines {
            guard let sold = ledger.sale.lines.first(where: { $0.id == line.lineID }) else {
                throw Refusal(code: "unknown_line", message: "The order has no line '\(line.lineID)'.")
            }
            let before = mine[line.lineID] ?? UnitNumbers()
            let taken = (held[line.lineID] ?? UnitNumbers()).union(before)
            var reservation = UnitReservation(quantity: sold.quantity, taken: taken)
            guard let units = reservation.reserve(line.quantity) else {
                throw Refusal(
                    code: line.quantity > 0 ? "nothing_refundable" : "bad_quantity",
                    message:
                        "Of the \(sold.quantity) units of line \(line.lineID) \(reservation.free.count) can be refunded."
                )
            }
            mine[line.lineID] = before.union(units)
        }
        return mine
    }

    private func calculate(
        _ mine: [String: UnitNumbers], _ held: [String: UnitNumbers]
    ) async throws -> RefundResult {
        let shipping = try await LedgerStore(transaction).shippingRefunded(of: ledger.orderID)
        let order = ledger.sale.order(
            tenders: tenders.map { $0.tender(in: currency) },
            shippingRefunded: Money(minorUnits: shipping, currency: currency))
        let lines = mine.sorted { $0.key < $1.key }.map { ReturnedLine(lineID: $0.key, units: $0.value) }
        do {
            return try RefundCalculation.result(
                for: RefundRequest(currency: currency, order: order, others: OtherReturns(units: held), lines: lines))
        } catch {
            throw Refusal(code: error.problems[0].code.rawValue, message: error.problems[0].message)
        }
    }

    private func nothingRefundable(_ wanted: Money) -> Refusal {
        let room = Money(minorUnits: tenders.reduce(0) { $0 + $1.room }, currency: currency)
        let disputed = tenders.count < ledger.tenders.count ? " A payment is in dispute and gives nothing back." : ""
        return Refusal(
            code: "nothing_refundable",
            message: "\(room) of the order's payments can still be refunded; this takes \(wanted).\(disputed)")
    }
}
