import Commerce
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Refunds that somebody looks for", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RefundListTests {
    private let early = Date(timeIntervalSince1970: 1_770_000_000)

    @Test("refunds are found by status, order, provider's id and age, newest first, in their workspace")
    func found() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            let old = try await bench.insertRefund("failed", of: order.id, at: early, externalID: "991")
            let new = try await bench.insertRefund("requested", of: order.id, at: early + 3600)
            let all = try await bench.get("/refunds").data
            #expect(all.map { $0["id"] } == [.string("\(new)"), .string("\(old)")])
            let queries = [
                ("status=failed", old), ("external_id=991", old), ("created_before=2026-02-02T02:41:00Z", old),
                ("created_since=2026-02-02T02:41:00Z", new), ("status=requested&order_id=\(order.id)", new),
            ]
            for (query, id) in queries {
                let refunds = try await bench.get("/refunds?\(query)").data
                #expect(refunds.map { $0["id"] } == [.string("\(id)")], "\(query)")
            }
            #expect(try await bench.get("/refunds?order_id=\(OrderID())").data.isEmpty)
            #expect(try await bench.get("/refunds?return_id=\(ReturnID())").data.isEmpty)
            #expect(try await bench.get("/refunds?status=lost").status == 422)
            let other = try await bench.get("/refunds", key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(other.status == 200 && other.data.isEmpty)
            let shown = try await bench.get("/refunds/\(old)").json
            #expect(shown["external_id"] == "991" && shown["provider"] == "shopify" && shown["return_id"] == .null)
        }
    }

    @Test("of a refund that is being tried, the last try's words and whether it may have been applied are shown")
    func tried() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            let refund = try await bench.insertRefund("requested", of: order.id, at: early)
            #expect(try await bench.get("/refunds/\(refund)").json["effect"] == .null)
            for state in ["planned", "unknown"] {
                try await bench.setEffect("refund:\(refund)", state)
                let shown = try await bench.get("/refunds/\(refund)").json["effect"]
                #expect(shown?["state"] == .string(state) && shown?["calls"]?.number == 2)
                #expect(shown?["error"]?["code"] == "shopify_502" && shown?["provider"] == "shopify")
                #expect(try await bench.get("/refunds?status=requested").data.first?["effect"] == shown)
            }
        }
    }
}

extension APIBench {
    fileprivate func insertRefund(
        _ status: String, of order: OrderID, at time: Date, externalID: String? = nil
    ) async throws -> RefundID {
        let id = RefundID()
        try await owner.execute(
            """
            INSERT INTO returns.refunds (id, workspace_id, order_id, status, amount, currency, reason, provider, external_id,
                actor, created_at, updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(order.uuid), \(status), 500, 'USD', 'late',
                \(externalID.map { _ in "shopify" }), \(externalID), 'person:ana', \(time), \(time))
            """)
        return id
    }

    /// The last of two tries ended so.
    fileprivate func setEffect(_ key: String, _ state: String) async throws {
        try await owner.execute(
            """
            INSERT INTO returns.effects (workspace_id, key, provider, operation, state, attempt, calls, request, error)
            VALUES (\(workspaceID.uuid), \(key), 'shopify', 'refund.create', \(state), 2, 2, '{}',
                '{"code":"shopify_502","message":"Bad gateway"}')
            ON CONFLICT (workspace_id, key) DO UPDATE SET state = excluded.state
            """)
    }
}
