import Commerce
import Foundation
import Postgres
import Testing

@testable import Messaging
@testable import Returns

/// What the database itself refuses, asked in plain SQL as the service's own role.
@Suite("Rules of the ledger in the database", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct LedgerRulesTests {
    private func insertEntry(_ id: UUID, _ cause: String, _ bench: ReturnsBench) -> SQL {
        """
        INSERT INTO entries (id, workspace_id, order_id, kind, cause, at)
        VALUES (\(id), \(bench.workspaceID.uuid), \(bench.orderID.uuid), 'refund_requested', \(cause), now())
        """
    }

    private func insertPosting(
        _ entry: UUID, _ line: Int, _ account: String, _ tender: UUID?, debit: Int = 0, credit: Int = 0,
        _ bench: ReturnsBench
    ) -> SQL {
        """
        INSERT INTO postings (entry_id, line, workspace_id, order_id, account, tender_id, debit, credit)
        VALUES (\(entry), \(line), \(bench.workspaceID.uuid), \(bench.orderID.uuid), \(account), \(tender), \(debit),
                \(credit))
        """
    }

    @Test("of fifty refunds at a time of what can be refunded once, one is posted")
    func fiftyAtATime() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let tender = try await bench.tender().id.uuid
            let refusals = await withTaskGroup(of: PostgresError?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let entry = LedgerEntryID().uuid
                        do {
                            try await bench.handle { transaction in
                                try await transaction.database.pipeline([
                                    insertEntry(entry, "refund-\(number)", bench),
                                    insertPosting(entry, 0, "goodwill", nil, debit: 11_300, bench),
                                    insertPosting(entry, 1, "pending", tender, credit: 11_300, bench),
                                ])
                            }
                            return nil
                        } catch {
                            return error as? PostgresError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.compactMap { $0 }.allSatisfy { $0.constraint == "tender_room" })
            let left = try await bench.tender()
            #expect(left.pending == 11_300 && left.room == 0)
        }
    }

    @Test("an entry out of balance, and one without postings, is refused at the commit")
    func balance() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let tender = try await bench.tender().id.uuid
            let entry = LedgerEntryID().uuid
            let lopsided = await #expect(throws: PostgresError.self) {
                try await bench.handle { transaction in
                    try await transaction.database.pipeline([
                        insertEntry(entry, "lopsided", bench),
                        insertPosting(entry, 0, "goodwill", nil, debit: 100, bench),
                        insertPosting(entry, 1, "pending", tender, credit: 99, bench),
                    ])
                }
            }
            #expect(lopsided?.constraint == "entry_balance")
            let empty = await #expect(throws: PostgresError.self) {
                try await bench.handle { try await $0.database.execute(insertEntry(entry, "empty", bench)) }
            }
            #expect(empty?.constraint == "entry_balance")
            #expect(try await bench.tender().pending == 0)
        }
    }

    @Test("what is posted stays: no change, no deletion, no balance by hand, no posting into a closed entry")
    func appendOnly() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let order = bench.orderID.uuid
            let statements: [SQL] = [
                "UPDATE postings SET credit = credit + 1 WHERE order_id = \(order) AND credit > 0",
                "DELETE FROM postings WHERE order_id = \(order)", "DELETE FROM entries WHERE order_id = \(order)",
                "UPDATE tenders SET captured = captured + 100 WHERE order_id = \(order)",
                "UPDATE tenders SET disputed_by = NULL WHERE order_id = \(order)",
                "DELETE FROM ledgers WHERE order_id = \(order)",
                "UPDATE disputes SET amount = 0 WHERE order_id = \(order)",
                "DELETE FROM disputes WHERE order_id = \(order)",
                """
                INSERT INTO postings (entry_id, line, workspace_id, order_id, account, debit, credit)
                SELECT id, 98, workspace_id, order_id, 'goods', 5, 0 FROM entries WHERE order_id = \(order)
                """,
            ]
            for statement in statements {
                await #expect(throws: PostgresError.self, "\(statement)") {
                    try await bench.handle { try await $0.database.execute(statement) }
                }
            }
            #expect(try await bench.tender().captured == 11_300)
        }
    }

    @Test("a posting names a payment of its own order")
    func foreignTender() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let entry = LedgerEntryID().uuid
            await #expect(throws: PostgresError.self) {
                try await bench.handle { transaction in
                    try await transaction.database.pipeline([
                        insertEntry(entry, "foreign", bench),
                        insertPosting(entry, 0, "goodwill", nil, debit: 1, bench),
                        insertPosting(entry, 1, "pending", TenderID().uuid, credit: 1, bench),
                    ])
                }
            }
        }
    }
}
