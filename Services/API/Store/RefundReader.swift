import Commerce
import Contracts
import Foundation
import Postgres

/// Refunds, from the view of `returns`.
enum RefundReader {
    struct Filter: Sendable {
        var status: String?
        var orderID: OrderID?
        var returnID: ReturnID?
        /// What the payment provider calls it.
        var externalID: String?
        var createdSince, createdBefore: Date?
    }

    struct Record: Sendable {
        var id: RefundID
        var orderID: OrderID
        var returnID: ReturnID?
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
        /// Where the money was given back, and what the refund is called there.
        var provider, externalID: String?
        var error: String?
        var createdAt, updatedAt: Date
        /// How the call that gives the money back stands; nil before there is one.
        var effect: EffectReader.Record?
    }

    /// Newest first.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Record> {
        let refunds = try await read(page.newestFirst(filter.conditions), in: workspaceID, pool)
        return Page(rows: refunds, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    static func find(_ id: RefundID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record? {
        try await read("WHERE id = \(id.uuid)", in: workspaceID, pool).first
    }

    /// With their calls, as both were at one moment.
    private static func read(
        _ selection: SQL, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [Record] {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            let refunds = try await database.query(
                """
                SELECT id, order_id, return_id, status, amount, currency, books_amount, books_currency, destination, reason,
                    calculation::text AS calculation, provider, external_id, error::text AS error, created_at, updated_at
                FROM returns.refund_view \(selection)
                """
            ).compactMap(Record.init)
            let effects = try await EffectReader.find(refunds.flatMap(\.effectKeys), of: "returns", in: database)
            return refunds.map { refund in
                var refund = refund
                refund.effect = refund.effectKeys.lazy.compactMap { effects[$0] }.first
                return refund
            }
        }
    }
}

extension RefundReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let status { conditions.append("status = \(status)") }
        if let orderID { conditions.append("order_id = \(orderID.uuid)") }
        if let returnID { conditions.append("return_id = \(returnID.uuid)") }
        if let externalID { conditions.append("external_id = \(externalID)") }
        if let createdSince { conditions.append("created_at >= \(createdSince)") }
        if let createdBefore { conditions.append("created_at < \(createdBefore)") }
        return conditions
    }
}

extension RefundReader.Record {
    /// The later call first: that of the shop after Stripe's.
    fileprivate var effectKeys: [String] { [SendRefund.shopEffectKey(id), SendRefund.effectKey(id)] }

    fileprivate init?(_ row: PostgresRow) throws {
        guard let currency = Currency(code: try row("currency")) else { return nil }
        id = RefundID(uuid: try row("id"))
        orderID = OrderID(uuid: try row("order_id"))
        returnID = try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:))
        status = try row("status")
        amount = Money(minorUnits: try row("amount"), currency: currency)
        let booksCurrency = try row("books_currency", as: String?.self).flatMap(Currency.init(code:))
        books = try booksCurrency.map { Money(minorUnits: try row("books_amount"), currency: $0) }
        resolution = try row("destination", as: String.self) == "store_credit" ? .storeCredit : .originalPayment
        reason = try row("reason")
        calculation = try row("calculation")
        provider = try row("provider")
        externalID = try row("external_id")
        error = try row("error")
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }
}
