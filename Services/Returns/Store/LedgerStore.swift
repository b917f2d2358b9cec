import Commerce
import Foundation
import Messaging
import Postgres

/// An order's ledger, read under its lock: what is decided from it still holds when it is written.
struct Ledger: Sendable {
    let orderID: OrderID
    let sale: Sale
    let tenders: [TenderBalance]
    /// Minor units that the goods of exchanges take of what the payments have left, by the exchange's return.
    let exchanges: [ReturnID: Int64]

    /// The payments that give something back.
    var open: [TenderBalance] { tenders.filter(\.isOpen) }

    /// Minor units that the goods of exchanges take.
    /// - Parameter own: a return whose own exchange does not count.
    func exchanged(besides own: ReturnID? = nil) -> Int64 {
        exchanges.reduce(0) { $1.key == own ? $0 : $0 + $1.value }
    }

    /// Minor units that all payments have left, less what the goods of exchanges take.
    /// - Parameter own: as of ``exchanged(besides:)``.
    func room(besides own: ReturnID? = nil) -> Int64 {
        max(0, open.reduce(0) { $0 + $1.room } - exchanged(besides: own))
    }

    /// What our refunds have told the books of the shipping, where these are in another currency.
    func ownShipping(_ transaction: HandlerTransaction) async throws -> OwnShipping {
        sale.isForeign ? try await RefundStore(transaction).shipping(of: orderID) : .none
    }

    /// Whether so much has been paid, in the sale's currency.
    func isPaid(_ total: Money) -> Bool {
        !tenders.isEmpty && tenders.reduce(0) { $0 + $1.captured } >= total.minorUnits
    }
}

/// `ledgers`, `tenders`, `entries`, `postings`.
struct LedgerStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }
    private var workspace: UUID { transaction.workspaceID.uuid }

    /// Opens the ledger of an order; one that has no entries yet takes the sale as it is now.
    func open(_ orderID: OrderID, _ sale: Sale) async throws {
        try await database.execute(
            """
            INSERT INTO ledgers (order_id, workspace_id, currency, sale, opened_at)
            VALUES (\(orderID.uuid), \(workspace), \(sale.currency.code), \(try JSONB(encoding: sale)), \(transaction.now))
            ON CONFLICT (order_id) DO UPDATE SET sale = excluded.sale, currency = excluded.currency
            WHERE NOT EXISTS (SELECT FROM entries e WHERE e.order_id = ledgers.order_id)
            """)
    }

    /// Keeps the sale of an order to which lines were added; its lock is held.
    func save(_ sale: Sale, of orderID: OrderID) async throws {
        try await database.execute(
            "UPDATE ledgers SET sale = \(try JSONB(encoding: sale)) WHERE order_id = \(orderID.uuid)")
    }

    /// Nil for an order of which no money is known.
    func lock(_ orderID: OrderID) async throws -> Ledger? {
        let rows = try await database.query("SELECT sale FROM ledgers WHERE order_id = \(orderID.uuid) FOR UPDATE")
        guard let row = rows.first else { return nil }
        let sale = try row("sale", as: JSONB.self).decode(Sale.self)
        return Ledger(
            orderID: orderID, sale: sale, tenders: try await tenders(of: orderID),
            exchanges: try await exchanges(of: orderID))
    }

    private func exchanges(of orderID: OrderID) async throws -> [ReturnID: Int64] {
        let rows = try await database.query(
            "SELECT id, exchange_room FROM returns WHERE order_id = \(orderID.uuid) AND exchange_room > 0")
        var exchanges: [ReturnID: Int64] = [:]
        for row in rows { exchanges[ReturnID(uuid: try row("id"))] = try row("exchange_room") }
        return exchanges
    }

    /// What the order was sold as, without its lock; nil for an order of which no money is known.
    func sale(of orderID: OrderID) async throws -> Sale? {
        try await database.query("SELECT sale FROM ledgers WHERE order_id = \(orderID.uuid)").first.map { row in
            try row("sale", as: JSONB.self).decode(Sale.self)
        }
    }

    private func tenders(of orderID: OrderID) async throws -> [TenderBalance] {
        try await database.query(
            """
            SELECT id, external_id, kind, captured, refunded, pending, disputed_by FROM tenders
            WHERE order_id = \(orderID.uuid) ORDER BY position
            """
        ).map { row in
            TenderBalance(
                id: TenderID(uuid: try row("id")), externalID: try row("external_id"), kind: try row("kind"),
                captured: try row("captured"), refunded: try row("refunded"), pending: try row("pending"),
                disputedBy: try row("disputed_by"))
        }
    }

    /// Adds a payment without money; its postings bring that.
    func add(_ id: TenderID, externalID: String, kind: String, position: Int, to orderID: OrderID) async throws {
        try await database.execute(
            """
            INSERT INTO tenders (id, workspace_id, order_id, provider, external_id, kind, position)
            VALUES (\(id.uuid), \(workspace), \(orderID.uuid), 'shopify', \(externalID), \(kind), \(position))
            """)
    }

    // MARK: Entries

    /// Posts an entry once: one of its kind and cause that is there already stays the only one.
    @discardableResult
    func post(_ entry: LedgerEntry, to orderID: OrderID) async throws -> Bool {
        guard !entry.postings.isEmpty else { return false }
        let id = LedgerEntryID()
        let inserted = try await database.execute(
            """
            INSERT INTO entries (id, workspace_id, order_id, kind, cause, at)
            VALUES (\(id.uuid), \(workspace), \(orderID.uuid), \(entry.kind.rawValue), \(entry.cause), \(transaction.now))
            ON CONFLICT (workspace_id, order_id, kind, cause) DO NOTHING
            """)
        guard inserted == 1 else { return false }
        let postings = entry.postings
        let tenders = postings.map { $0.tender.flatMap { TenderID($0) }?.uuid.uuidString }
        try await database.execute(
            """
            INSERT INTO postings (entry_id, line, workspace_id, order_id, account, tender_id, debit, credit)
            SELECT \(id.uuid), line, \(workspace), \(orderID.uuid), account, tender::uuid, debit, credit
            FROM unnest(\(Array(postings.indices)), \(postings.map(\.account.rawValue)), \(tenders),
                \(postings.map(\.debit)), \(postings.map(\.credit))) AS u(line, account, tender, debit, credit)
            ORDER BY line
            """)
        return true
    }

    /// Minor units that the captures of an order were credited to, by account.
    func credited(of orderID: OrderID) async throws -> [LedgerAccount: Int64] {
        let rows = try await database.query(
            """
            SELECT p.account, sum(p.credit - p.debit)::bigint AS credited
            FROM entries e JOIN postings p ON p.entry_id = e.id
            WHERE e.order_id = \(orderID.uuid) AND e.kind = 'captured' AND p.account <> 'captured'
            GROUP BY p.account
            """)
        var credited: [LedgerAccount: Int64] = [:]
        for row in rows { credited[LedgerAccount(rawValue: try row("account")) ?? .other] = try row("credited") }
        return credited
    }

    /// How often a kind was posted for a cause, all its turns together.
    func turns(of kind: LedgerEntry.Kind, _ cause: String, of orderID: OrderID) async throws -> Int {
        try await database.query(
            """
            SELECT count(*) AS turns FROM entries
            WHERE order_id = \(orderID.uuid) AND kind = \(kind.rawValue)
                AND (cause = \(cause) OR starts_with(cause, \(cause + LedgerEntry.turnMark)))
            """)[0]("turns")
    }

    /// What of the order's shipping refunds give back, or are about to, the shop's own among them.
    func shippingRefunded(of orderID: OrderID) async throws -> RefundedShipping {
        let row = try await database.query(
            """
            SELECT coalesce(sum(p.debit - p.credit) FILTER (WHERE p.account = 'shipping'), 0)::bigint AS net,
                coalesce(sum(p.debit - p.credit) FILTER (WHERE p.account = 'shipping_tax'), 0)::bigint AS tax
            FROM entries e JOIN postings p ON p.entry_id = e.id
            WHERE e.order_id = \(orderID.uuid) AND e.kind <> 'captured' AND p.account IN ('shipping', 'shipping_tax')
            """)[0]
        return RefundedShipping(net: try row("net"), tax: try row("tax"))
    }

    /// What was posted of a kind for a cause, with what has put right since which account it was of; nil when nothing
    /// was.
    func entry(
        _ kind: LedgerEntry.Kind, _ cause: String, of ledger: Ledger
    ) async throws -> LedgerEntry? {
        let rows = try await database.query(
            """
            SELECT p.account, p.tender_id, p.debit, p.credit FROM entries e JOIN postings p ON p.entry_id = e.id
            WHERE e.order_id = \(ledger.orderID.uuid) AND e.kind = \(kind.rawValue)
                AND e.cause IN (\(cause), \(cause + LedgerEntry.shippingTaxMark))
            ORDER BY e.cause, p.line
            """)
        guard !rows.isEmpty else { return nil }
        let postings = try rows.map { row in
            LedgerPosting(
                account: LedgerAccount(rawValue: try row("account")) ?? .other,
                tender: try row("tender_id", as: UUID?.self).map { TenderID(uuid: $0).description },
                debit: try row("debit"), credit: try row("credit"))
        }
        return LedgerEntry(kind: kind, cause: cause, currency: ledger.sale.currency, postings: postings)
    }
}
