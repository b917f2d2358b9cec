import Commerce
import Postgres
import Testing

@testable import API

@Suite("Looking refunds up", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RefundLookupTests {
    // LIMIT: with fewer the planner walks the workspace whatever there is.
    private static let refunds = 3_000

    @Test(
        "under the service's rights an index finds refunds, not a walk through the workspace",
        arguments: [
            ("status = 'requested'", "refunds_workspace_id_status_created_at_id_idx"),
            ("status = 'failed' AND created_at < now()", "refunds_workspace_id_status_created_at_id_idx"),
            ("external_id = 're_1'", "refunds_workspace_id_external_id_idx"),
        ])
    func asService(condition: String, index: String) async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.fillWithRefunds(Self.refunds, of: order.id)
            let service = try await TestDatabase.servicePool()
            let plan = try await bench.plan(
                of: """
                    SELECT id FROM returns.refund_view WHERE \(condition)
                    ORDER BY created_at DESC, id DESC LIMIT 51
                    """, on: service)
            await service.close()
            #expect(plan.contains(index), "\(plan)")
        }
    }
}

extension APIBench {
    /// So many refunds that are done, as the planner is to know them.
    fileprivate func fillWithRefunds(_ count: Int, of order: OrderID) async throws {
        try await owner.execute(
            """
            INSERT INTO returns.refunds (id, workspace_id, order_id, status, amount, currency, reason, provider, external_id,
                actor, created_at, updated_at)
            SELECT gen_random_uuid(), \(workspaceID.uuid), \(order.uuid), 'succeeded', 500, 'USD', 'r', 'shopify',
                're_' || i, 'person:ana', now() - i * interval '1 s', now() - i * interval '1 s'
            FROM generate_series(1, \(count)) AS i
            """)
        try await owner.execute("ANALYZE returns.refunds")
    }
}
