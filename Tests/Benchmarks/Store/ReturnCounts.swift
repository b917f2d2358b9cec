import Commerce
import Foundation
import Postgres

/// How far the returns of the measured orders are.
enum ReturnCounts {
    struct Parcel: Sendable {
        var id: String
        var lineID: String
    }

    /// Our ids of those of the shop's orders that are delivered, with a payment in the ledger.
    static func returnable(_ shopIDs: [String], in pool: PostgresPool) async throws -> [String] {
        try await pool.query(
            """
            SELECT o.id FROM order_ingest.orders o JOIN order_ingest.external_ids e ON e.order_id = o.id
            WHERE e.provider = 'shopify' AND e.external_id = ANY(\(shopIDs)) AND o.status = 'delivered'
              AND EXISTS (SELECT FROM returns.tenders t WHERE t.order_id = o.id AND t.captured > 0)
            """
        ).map { OrderID(uuid: try $0("id")).description }
    }

    /// Those that the customer has a label for, or has sent.
    static func sent(in pool: PostgresPool) async throws -> [Parcel] {
        try await pool.query(
            """
            SELECT r.id, u.line_id FROM returns.returns r JOIN returns.return_units u ON u.return_id = r.id
            WHERE r.status IN ('label_sent', 'in_transit')
            """
        ).map { Parcel(id: ReturnID(uuid: try $0("id")).description, lineID: try $0("line_id")) }
    }

    /// Those with everything done that is done at once: money, ERP, books, mail.
    static func finished(in pool: PostgresPool) async throws -> Int {
        try await pool.query(
            """
            SELECT count(*) AS n FROM returns.returns
            WHERE status IN ('refunded', 'closed') AND external_ids ?& ARRAY['netsuite_credit', 'quickbooks']
              AND order_id = ANY (ARRAY(SELECT order_id FROM notifications.emails
                                        WHERE template = 'return.refunded' AND status <> 'queued'))
            """)[0]("n")
    }

    /// From the question to the last line of the timeline, of the newest returns.
    static func latencies(of count: Int, in pool: PostgresPool) async throws -> Latencies {
        let rows = try await pool.query(
            """
            SELECT (extract(epoch FROM max(t.at) - min(t.at)) * 1000)::bigint AS ms
            FROM returns.returns r JOIN returns.return_timeline t ON t.return_id = r.id
            GROUP BY r.id, r.created_at ORDER BY r.created_at DESC LIMIT \(count)
            """)
        var latencies = Latencies()
        for row in rows { latencies.add(.milliseconds(try row("ms", as: Int.self))) }
        return latencies
    }
}
