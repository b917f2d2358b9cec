import Commerce
import Foundation
import Postgres
import Views

/// An order's postings and payments, from the views of `returns`.
enum LedgerReader {
    struct Record: Sendable {
        var postings: [Posting] = []
        var tenders: [TenderBalance] = []
        /// Minor units that goods of exchanges take of what the payments have left.
        var exchanged: Int64 = 0
        var currency: Currency?
    }

    struct Posting: Sendable {
        var at: Date
        var kind, cause, account: String
        var tender: TenderID?
        var debit, credit: Int64
    }

    /// As it was at one moment; empty for an order of which no money is known.
    static func read(_ id: OrderID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            let rows = try await database.pipeline([
                "SELECT currency FROM returns.sale_view WHERE order_id = \(id.uuid)",
                """
                SELECT at, kind, cause, account, tender_id, debit, credit FROM returns.ledger_view
                WHERE order_id = \(id.uuid) ORDER BY at, entry_id, line
                """,
                """
                SELECT id, external_id, kind, captured, refunded, pending, disputed_by FROM returns.tender_view
                WHERE order_id = \(id.uuid) ORDER BY position
                """,
                """
                SELECT coalesce(sum(room), 0)::bigint AS exchanged FROM returns.exchange_view
                WHERE order_id = \(id.uuid)
                """,
            ])
            return Record(
                postings: try rows[1].map(Posting.init), tenders: try rows[2].map(TenderBalance.init),
                exchanged: try rows[3][0]("exchanged"),
                currency: try rows[0].first.flatMap { Currency(code: try $0("currency")) })
        }
    }
}

extension LedgerReader.Posting {
    fileprivate init(_ row: PostgresRow) throws {
        at = try row("at")
        kind = try row("kind")
        cause = try row("cause")
        account = try row("account")
        tender = try row("tender_id", as: UUID?.self).map(TenderID.init(uuid:))
        debit = try row("debit")
        credit = try row("credit")
    }
}
