import Commerce
import Foundation
import Messaging
import Postgres

/// A refund as the books are told of it, in their currency.
struct BookedRefund: Sendable {
    let orderID: OrderID
    let returnID: ReturnID?
    let status: RefundStatus
    let amount: Money
    let reason: String?
    /// Nil for a plain amount.
    let calculation: RefundResult?
    let isStoreCredit: Bool
    /// What the payment provider calls it.
    let externalID: String?

    /// Failure: a ``Refusal`` `not_found`.
    static func find(_ id: RefundID, in transaction: HandlerTransaction) async throws -> BookedRefund {
        let rows = try await transaction.database.query(
            """
            SELECT order_id, return_id, status, coalesce(books_amount, amount) AS amount,
                   coalesce(books_currency, currency) AS currency, reason,
                   coalesce(books_calculation, calculation)::text AS calculation, destination, external_id
            FROM refunds WHERE id = \(id.uuid)
            """)
        guard let row = rows.first, let currency = Currency(code: try row("currency")) else {
            throw Refusal(code: "not_found", message: "There is no refund \(id).")
        }
        return BookedRefund(
            orderID: OrderID(uuid: try row("order_id")),
            returnID: try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:)),
            status: RefundStatus(rawValue: try row("status")) ?? .requested,
            amount: Money(minorUnits: try row("amount"), currency: currency), reason: try row("reason"),
            calculation: try row("calculation", as: String?.self).map {
                try JSONDecoder().decode(RefundResult.self, from: Data($0.utf8))
            },
            isStoreCredit: try row("destination", as: String.self) == "store_credit",
            externalID: try row("external_id"))
    }
}
