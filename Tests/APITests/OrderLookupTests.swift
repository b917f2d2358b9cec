import Commerce
import Foundation
import Postgres
import Testing

@testable import API

// WHY: one after the other. What others are adding to the index of words makes it dear to the planner.
@Suite("Looking orders up", .serialized, .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct OrderLookupTests {
    // LIMIT: with fewer the planner walks the workspace whatever there is.
    private static let orders = 3_000

    @Test(
        "under the service's rights an index finds orders, not a walk through the workspace",
        arguments: [
            (
                "SELECT id FROM order_ingest.order_view WHERE number IN ('1', '#1') ORDER BY created_at DESC LIMIT 1",
                #"Index Cond: .*\(number = ANY"#
            ),
            (
                """
                SELECT id FROM order_ingest.order_view WHERE number = '#1' AND lower(email) = 'a1@example.com'
                ORDER BY created_at DESC LIMIT 1
                """, #"Index Cond: .*\(number = '#1'"#
            ),
            (
                "SELECT order_id FROM order_ingest.external_ids WHERE external_id = 'shop-1'",
                "external_ids_workspace_id_external_id_idx"
            ),
            (
                "SELECT id FROM order_ingest.order_view ORDER BY created_at DESC, id DESC LIMIT 51",
                "orders_workspace_id_created_at_id_idx"
            ),
        ])
    func asService(statement: String, sign: String) async throws {
        try await APIBench.run { bench in
            try await bench.fillWithOrders(Self.orders)
            let service = try await TestDatabase.servicePool()
            let plan = try await bench.plan(of: statement, on: service)
            await service.close()
            #expect(try plan.contains(Regex(sign)), "\(plan)")
            #expect(!plan.contains("Seq Scan"), "\(plan)")
        }
    }

    @Test(
        "what looks past row-level security to search does so by an index",
        arguments: [
            ("orders_matching(text)", "words", "orders_words_idx"),
            ("orders_matching(text)", "words", "orders_workspace_id_number_idx"),
            ("orders_of(text)", "address", "orders_workspace_id_lower_idx"),
        ])
    func asOwner(function: String, parameter: String, index: String) async throws {
        try await APIBench.run { bench in
            try await bench.fillWithOrders(Self.orders)
            let name = "order_ingest.\(function)"
            let rows = try await bench.owner.query("SELECT prosrc FROM pg_proc WHERE oid = to_regprocedure(\(name))")
            let row = try #require(rows.first)
            let statement = try row("prosrc", as: String.self)
                .replacing("FROM orders", with: "FROM order_ingest.orders").replacing(parameter, with: "'nobody'")
            let plan = try await bench.plan(of: statement, on: bench.owner)
            #expect(plan.contains(index), "\(plan)")
            #expect(!plan.contains("Seq Scan"), "\(plan)")
        }
    }
}

extension APIBench {
    /// So many orders of the workspace, each of another customer, as the planner is to know them.
    fileprivate func fillWithOrders(_ count: Int) async throws {
        let document = #"{"customer":{"name":"Ana Ruiz"},"lines":[{"id":"l1","sku":"MIE-ROBE-S"}]}"#
        try await owner.execute(
            """
            WITH inserted AS (
                INSERT INTO order_ingest.orders
                    (id, workspace_id, number, status, document, currency, total, email, created_at, updated_at)
                SELECT gen_random_uuid(), \(workspaceID.uuid), '#' || i, 'delivered', \(JSONB(text: document)), 'USD', '1',
                    'a' || i || '@example.com', now() - i * interval '1 s', now() - i * interval '1 s'
                FROM generate_series(1, \(count)) AS i
                RETURNING id, workspace_id, number
            )
            INSERT INTO order_ingest.external_ids (workspace_id, provider, external_id, order_id)
            SELECT workspace_id, 'shopify', 'shop-' || substr(number, 2), id FROM inserted
            """)
        // WHY: what waits to get into the index of words makes it dear, and only a vacuum would bring it in.
        _ = try await owner.query("SELECT gin_clean_pending_list('order_ingest.orders_words_idx')")
        try await owner.execute("ANALYZE order_ingest.orders, order_ingest.external_ids")
    }

    func plan(of statement: String, on pool: PostgresPool) async throws -> String {
        try await pool.query("EXPLAIN \(unsafeRaw: statement)", workspace: workspaceID.uuid)
            .map { try $0("QUERY PLAN", as: String.self) }.joined(separator: "\n")
    }
}
