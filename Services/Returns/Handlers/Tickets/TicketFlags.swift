import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Compares what a caller writes on a ticket with what we know. Only shown: no money follows from it.
struct TicketFlags: Sendable {
    private var flags: [TicketRecord.Flag] = []

    var all: [TicketRecord.Flag] { flags }

    /// - Parameter amount: what the refund comes to, or would; nil where that is not known.
    mutating func compareRefund(_ fields: TicketFields, with amount: Money?) {
        guard let told = fields.text("refund_amount"), let amount, !Self.isSame(told, amount) else { return }
        flags.append(
            .init(
                code: "refund_amount_differs",
                message: "The ticket says \(told); the refund comes to \(amount). Only what we reckon is paid."))
    }

    mutating func compareTotal(_ fields: TicketFields, with order: CanonicalOrder) {
        guard let told = fields.text("original_order_total"), let currency = Currency(code: order.currency),
            let total = try? Money(decimal: order.total, currency: currency), !Self.isSame(told, total),
            !Self.isPaid(told, of: order)
        else { return }
        flags.append(
            .init(code: "order_total_differs", message: "The ticket says \(told); the order comes to \(total)."))
    }

    mutating func compareCustomer(_ email: String, with order: CanonicalOrder) {
        guard let known = order.customer.email, known.lowercased() != email.lowercased() else { return }
        flags.append(
            .init(
                code: "customer_email_differs",
                message: "The ticket is from another address than the order; mails go to the order's."))
    }

    /// - Parameter request: the return that the ticket asks for.
    mutating func compareEvidence(_ fields: TicketFields, with request: ReturnRequest) {
        let (told, taken) = (fields.evidenceEntries.count, request.lines.first?.evidence?.count ?? 0)
        guard told > taken else { return }
        flags.append(
            .init(
                code: "evidence_left_out",
                message: "The ticket names \(told) pieces of evidence, and the return takes \(taken): https URLs "
                    + "without credentials, \(ReturnRequest.evidenceMax) for a line, "
                    + "\(ReturnRequest.evidenceInAllMax) in all."))
    }

    /// Whether it is what the customer paid in another currency than the shop's.
    private static func isPaid(_ text: String, of order: CanonicalOrder) -> Bool {
        guard let paid = order.presentment, let currency = Currency(code: paid.currency),
            let total = try? Money(decimal: paid.total, currency: currency)
        else { return false }
        return isSame(text, total)
    }

    private static func isSame(_ text: String, _ amount: Money) -> Bool {
        guard let told = Decimal(string: text), let known = Decimal(string: amount.decimalString) else { return false }
        return told == known
    }
}
