import Foundation
import Postgres
import Support

/// Orders of one robe, bought in the simulated shop and delivered.
struct ReturnableOrders: Sendable {
    let stack: RunningStack
    let pool: PostgresPool

    // LIMIT: so many are placed at a time.
    private static let placedAtOnce = 16

    /// - Returns: the ids of the orders, once all are delivered and their payments known.
    func place(_ count: Int) async throws -> [String] {
        _ = try await stack.simulator("POST", "/_sim/dcl/auto", #"{"ship_after_ms":0,"deliver_after_ms":0}"#)
        var ids: [String] = []
        while ids.count < count {
            let share = min(Self.placedAtOnce, count - ids.count)
            ids += try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<share { group.addTask { try await place() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        while try await ReturnCounts.returnable(ids, in: pool).count < count {
            try await Task.sleep(for: .milliseconds(200))
        }
        _ = try await stack.simulator("POST", "/_sim/dcl/auto", #"{"ship_after_ms":null,"deliver_after_ms":null}"#)
        return try await ReturnCounts.returnable(ids, in: pool)
    }

    private func place() async throws -> String {
        let body = """
            {"line_items":[{"sku":"MIE-ROBE-S","quantity":1,"price":"74.50"}],"email":"ana@example.com",
             "financial_status":"paid","send_webhook":true}
            """
        let answer = try await stack.simulator("POST", "/_sim/shopify/orders", body)
        guard let id = answer.json.id.int else { throw BenchError("the shop answered \(answer.status)") }
        return String(id)
    }
}
