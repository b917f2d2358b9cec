import Commerce
import Foundation
import Messaging
import Postgres

/// `refunds`: one row a refund we ask for.
struct RefundStore: Sendable {
    struct New: Sendable {
        var id: RefundID
        var orderID: OrderID
        var amount: Money
        var reason: String
        /// The calculation's answer; nil for a plain amount.
        var calculation: RefundResult?
        /// What the shop's books are told of it; nil where they are kept in its currency.
        var books: Books?
        /// Whose goods it is for.
        var returnID: ReturnID?
        var destination = Destination.tenders
    }

    /// A refund in the currency of the shop's books.
    struct Books: Sendable {
        var amount: Money
        /// Nil for a plain amount.
        var calculation: RefundResult?
    }

    /// Where the money goes.
    enum Destination: String, Sendable {
        /// The way it came.
        case tenders
        case storeCredit = "store_credit"
    }

    /// A refund under its lock.
    struct Row: Sendable {
        let id: RefundID
        let orderID: OrderID
        let returnID: ReturnID?
        var status: RefundStatus
        let amount: Money
        let reason: String?
        let destination: Destination
        /// What the payment provider calls it.
        var provider, externalID: String?
        var error: Refusal?
    }

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func insert(_ refund: New) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO refunds (id, workspace_id, order_id, status, amount, currency, reason, calculation, return_id,
                                 books_amount, books_currency, books_calculation, destination, actor, created_at,
                                 updated_at)
            VALUES (\(refund.id.uuid), \(transaction.workspaceID.uuid), \(refund.orderID.uuid),
                    \(RefundStatus.requested.rawValue), \(refund.amount.minorUnits), \(refund.amount.currency.code),
                    \(refund.reason), \(refund.calculation?.storedText)::json, \(refund.returnID?.uuid),
                    \(refund.books?.amount.minorUnits), \(refund.books?.amount.currency.code),
                    \(refund.books?.calculation?.storedText)::json, \(refund.destination.rawValue), \(transaction.context.actor), \(transaction.now), \(transaction.now))
            """)
    }

    func find(_ id: RefundID) async throws -> Row? {
        try await read("WHERE id = \(id.uuid)").first
    }

    /// The first refund of a return whose money has gone back.
    func succeeded(of returnID: ReturnID) async throws -> Row? {
        try await read("WHERE return_id = \(returnID.uuid) AND status = 'succeeded' ORDER BY created_at, id LIMIT 1")
            .first
    }

    /// Every refund of a return, oldest first.
    func all(of returnID: ReturnID) async throws -> [RefundID] {
        try await transaction.database.query(
            "SELECT id FROM refunds WHERE return_id = \(returnID.uuid) ORDER BY created_at, id"
        ).map { RefundID(uuid: try $0("id")) }
    }

    /// What tells the news of a refund from those of others of its return; nil for the first, whose news need no name of
    /// their own.
    func newsKey(of id: RefundID?, for returnID: ReturnID) async throws -> String? {
        guard let id, try await all(of: returnID).first != id else { return nil }
        return id.description
    }

    /// Whether the shop has a refund of the return beside this one, that failed or not: its lines stand there.
    func isInShop(_ returnID: ReturnID, besides refund: RefundID) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 FROM refunds
            WHERE return_id = \(returnID.uuid) AND id <> \(refund.uuid) AND external_id IS NOT NULL LIMIT 1
            """
        ).isEmpty
    }

    /// Whether money of a return was entered in books, whatever has become of it since.
    func isBooked(_ returnID: ReturnID) async throws -> Bool {
        let keys = try await all(of: returnID).flatMap { ["credit.create:\($0)", "refund.post:\($0)"] }
        return try await !transaction.database.query(
            """
            SELECT 1 FROM effects WHERE workspace_id = \(transaction.workspaceID.uuid) AND key = ANY(\(keys))
                AND state = 'done' LIMIT 1
            """
        ).isEmpty
    }

    /// Whether no saga drives a refund: one without a return, or of a return that rests.
    func isUnattended(_ refund: Row) async throws -> Bool {
        guard let returnID = refund.returnID else { return true }
        return try await !transaction.database.query(
            "SELECT 1 FROM returns WHERE id = \(returnID.uuid) AND rests"
        ).isEmpty
    }

    /// The document that a refund was entered as, whatever has become of its money since; nil for none.
    func bookedDocument(of id: RefundID) async throws -> String? {
        try await transaction.database.query(
            """
            SELECT reply ->> 'document_id' AS document FROM effects
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND key = \("refund.post:\(id)") AND state = 'done'
            """
        ).first.flatMap { try $0("document") }
    }

    /// With its lock. The order's ledger is locked before.
    func lock(_ id: RefundID) async throws -> Row? {
        try await read("WHERE id = \(id.uuid) FOR UPDATE").first
    }

    func save(_ refund: Row) async throws {
        try await transaction.database.execute(
            """
            UPDATE refunds SET status = \(refund.status.rawValue), provider = \(refund.provider),
                external_id = \(refund.externalID), error = \(try refund.error.map(JSONB.init(encoding:))),
                updated_at = \(transaction.now)
            WHERE id = \(refund.id.uuid)
            """)
    }

    /// What each payment gives, in minor units, by the payment's id at the provider.
    func amounts(of id: RefundID, in orderID: OrderID) async throws -> [(parentID: String, amount: Int64)] {
        try await transaction.database.query(
            """
            SELECT t.external_id, sum(p.credit)::bigint AS amount
            FROM entries e JOIN postings p ON p.entry_id = e.id JOIN tenders t ON t.id = p.tender_id
            WHERE e.order_id = \(orderID.uuid) AND e.kind = 'refund_requested' AND e.cause = \(id.description)
                AND p.account = 'pending'
            GROUP BY t.external_id, t.position ORDER BY t.position
            """
        ).map { (try $0("external_id"), try $0("amount")) }
    }

    /// Whether a call has begun whose outcome nobody has written down.
    func hasOpenEffect(_ key: String) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 FROM effects WHERE workspace_id = \(transaction.workspaceID.uuid) AND key = \(key)
                AND state IN ('calling', 'unknown')
            """
        ).isEmpty
    }

    /// The calculation's answer; nil for a plain amount.
    func calculation(of id: RefundID) async throws -> RefundResult? {
        try await result("SELECT calculation::text AS calculation FROM refunds WHERE id = \(id.uuid)")
    }

    /// The same as the shop's books are told of it, in their currency.
    func bookedCalculation(of id: RefundID) async throws -> RefundResult? {
        try await result(
            """
            SELECT coalesce(books_calculation, calculation)::text AS calculation FROM refunds WHERE id = \(id.uuid)
            """)
    }

    /// What the refunds of a foreign order that have not failed give back of its shipping, in both of its currencies.
    func shipping(of orderID: OrderID) async throws -> OwnShipping {
        let rows = try await transaction.database.query(
            """
            SELECT calculation::text AS calculation, books_calculation::text AS booked FROM refunds
            WHERE order_id = \(orderID.uuid) AND status <> 'failed' AND calculation IS NOT NULL
                AND books_calculation IS NOT NULL
            """)
        var shipping = OwnShipping.none
        for row in rows {
            shipping.take(
                try Self.decode(row("calculation")), booked: try Self.decode(row("booked")))
        }
        return shipping
    }

    private static func decode(_ text: String) throws -> RefundResult {
        try JSONDecoder().decode(RefundResult.self, from: Data(text.utf8))
    }

    private func result(_ selection: SQL) async throws -> RefundResult? {
        let text: String? = try await transaction.database.query(selection).first.flatMap { try $0("calculation") }
        return try text.map(Self.decode)
    }

    private func read(_ selection: SQL) async throws -> [Row] {
        try await transaction.database.query(
            """
            SELECT id, order_id, return_id, status, amount, currency, reason, destination, provider, external_id, error
            FROM refunds \(selection)
            """
        ).compactMap(Row.init)
    }
}

extension RefundStore.Row {
    fileprivate init?(_ row: PostgresRow) throws {
        guard let currency = Currency(code: try row("currency")),
            let status = RefundStatus(rawValue: try row("status")),
            let destination = RefundStore.Destination(rawValue: try row("destination"))
        else { return nil }
        self.init(
            id: RefundID(uuid: try row("id")), orderID: OrderID(uuid: try row("order_id")),
            returnID: try row("return_id", as: UUID?.self).map(ReturnID.init(uuid:)), status: status,
            amount: Money(minorUnits: try row("amount"), currency: currency), reason: try row("reason"),
            destination: destination, provider: try row("provider"), externalID: try row("external_id"),
            error: try row("error", as: JSONB?.self)?.decode())
    }
}
