import Commerce
import Foundation
import Postgres

/// Refunds, from the view of `returns`.
enum RefundReader {
    struct Record: Sendable {
        var id: RefundID
        var orderID: OrderID
        var status: String
        /// In the currency the customer paid in.
        var amount: Money
        /// What the shop's books are told of it; nil where they are kept in its currency.
        var books: Money?
        /// Where it goes: back to the payments, or to the customer's store credit.
        var resolution: ReturnResolution
        var reason: String?
        /// The calculation's answer as JSON; nil for a plain amount.
        var calculation: String?
        var error: String?
        var createdAt, updatedAt: Date
    }

    static func find(_ id: RefundID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record? {
        try await pool.query(
            """
            SELECT id, order_id, status, amount, currency, books_amount, books_currency, destination, reason,
                calculation::text AS calculation, error::text AS error, created_at, updated_at
            FROM returns.refund_view WHERE id = \(id.uuid)
            """, workspace: workspaceID.uuid
        ).first.flatMap(Record.init)
    }
}

extension RefundReader.Record {
    fileprivate init?(_ row: PostgresRow) throws {
        guard let currency = Currency(code: try row("currency")) else { return nil }
        id = RefundID(uuid: try row("id"))
        orderID = OrderID(uuid: try row("order_id"))
        status = try row("status")
        amount = Money(minorUnits: try row("amount"), currency: currency)
        let booksCurrency = try row("books_currency", as: String?.self).flatMap(Currency.init(code:))
        books = try booksCurrency.map { Money(minorUnits: try row("books_amount"), currency: $0) }
        resolution = try row("destination", as: String.self) == "store_credit" ? .storeCredit : .originalPayment
        reason = try row("reason")
        calculation = try row("calculation")
        error = try row("error")
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }
}
