import Foundation
import Postgres
import Support

/// The orders of one run: placed in the shop, watched in the database, which answers through restarts.
struct Crowd {
    let stack: RunningStack
    let pool: PostgresPool
    /// Shop ids of orders that are to be delivered.
    private(set) var delivered: [String] = []
    /// Shop ids of orders that the warehouse refuses: they are to be undone.
    private(set) var undone: [String] = []

    static let refusedSKU = "MIE-SLIP-L"

    init(_ stack: RunningStack, _ pool: PostgresPool) {
        self.stack = stack
        self.pool = pool
    }

    mutating func place(delivered good: Int, undone bad: Int) async throws {
        var badLeft = bad
        for number in 0..<(good + bad) {
            // Spread among the others.
            let isBad = badLeft > 0 && number % max(1, (good + bad) / bad) == 0
            if isBad { badLeft -= 1 }
            let sku = isBad ? Self.refusedSKU : "MIE-ROBE-S"
            let line = #"{"sku":"\#(sku)","quantity":1,"price":"40.00"}"#
            let id = try await place(line, sends: number.isMultiple(of: 2))
            if isBad { undone.append(id) } else { delivered.append(id) }
        }
    }

    /// - Parameter sends: whether the shop sends the webhooks, to the first gateway; otherwise they go to its replica.
    private func place(_ line: String, sends: Bool) async throws -> String {
        let body = """
            {"line_items":[\(line)],"email":"ana@example.com","financial_status":"paid","send_webhook":\(sends)}
            """
        let answer = try await stack.simulator("POST", "/_sim/shopify/orders", body)
        guard answer.status == 201, let id = answer.json.id.int else {
            throw Unexpected(what: "an order", answer: answer.json)
        }
        if !sends {
            for topic in ["orders/create", "orders/paid"] { try await post(topic, answer.json, "\(topic)-\(id)") }
        }
        return String(id)
    }

    /// As a shop does, until it is accepted.
    private func post(_ topic: String, _ payload: JSON, _ deliveryID: String) async throws {
        let webhook = SignedWebhook(stack: stack, body: payload.description)
        while true {
            let gateway = "STATESET_GATEWAY_URL_2"
            let status = try await webhook.post(topic: topic, deliveryID: deliveryID, gateway: gateway)
            if status == 200 { return }
            guard status >= 500 else { throw Unexpected(what: "answer \(status) to \(topic)", answer: payload) }
            try await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }

    struct Progress: Equatable {
        var finished: Int
        /// Changes of all sagas together: grows with the work done.
        var steps: Int
        var byStatus: [String: Int]
    }

    func progress() async throws -> Progress {
        let rows = try await patiently {
            try await pool.read(
                """
                SELECT o.status, count(*) AS orders, sum(o.saga_version)::bigint AS steps FROM order_ingest.orders o
                JOIN order_ingest.external_ids e ON e.order_id = o.id
                WHERE e.provider = 'shopify' AND e.external_id = ANY(\(delivered + undone)) GROUP BY o.status
                """)
        }
        var progress = Progress(finished: 0, steps: 0, byStatus: [:])
        for row in rows {
            let (status, count) = (try row("status", as: String.self), try row("orders", as: Int.self))
            progress.byStatus[status] = count
            progress.steps += try row("steps", as: Int.self)
            if ["delivered", "needs_attention"].contains(status) { progress.finished += count }
        }
        return progress
    }

    var count: Int { delivered.count + undone.count }

    /// Postgres is among what is killed.
    func patiently<R: Sendable>(_ ask: @Sendable () async throws -> R) async throws -> R {
        while true {
            do {
                return try await ask()
            } catch let error as PostgresError where error.retryability != .doNotRetry {
                try await ContinuousClock().sleep(for: .milliseconds(200))
            }
        }
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let what: String
    let answer: JSON

    var description: String { "unexpected for \(what): \(answer)" }
}
