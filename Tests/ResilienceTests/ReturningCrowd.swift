import Foundation
import Postgres
import Support

/// The customers who send back what they were sent, each by a ticket, and the person at the warehouse's door.
struct ReturningCrowd {
    let crowd: Crowd
    /// By the shop's order id.
    private(set) var tickets: [String: String] = [:]
    private var received: Set<String> = []

    init(_ crowd: Crowd) {
        self.crowd = crowd
    }

    private var stack: RunningStack { crowd.stack }

    struct Progress {
        var refunded = 0
        /// Whose books and mail are written, too.
        var finished = 0
        /// Changes of all sagas together: grows with the work done.
        var steps = 0
        var byStatus: [String: Int] = [:]
    }

    func progress() async throws -> Progress {
        let shopIDs = crowd.delivered
        let rows = try await crowd.patiently {
            try await crowd.pool.read(
                """
                SELECT r.status, r.saga_version, r.external_ids ? 'netsuite_credit' AS is_booked,
                    EXISTS (SELECT FROM notifications.emails m WHERE m.order_id = r.order_id
                            AND m.template = 'return.refunded' AND m.status <> 'queued') AS is_told
                FROM returns.returns r JOIN order_ingest.external_ids e ON e.order_id = r.order_id
                WHERE e.provider = 'shopify' AND e.external_id = ANY(\(shopIDs))
                """)
        }
        var progress = Progress()
        for row in rows {
            let status = try row("status", as: String.self)
            let isRefunded = ["refunded", "closed"].contains(status)
            progress.byStatus[status, default: 0] += 1
            progress.steps += try row("saga_version", as: Int.self)
            if isRefunded { progress.refunded += 1 }
            if isRefunded, try row("is_booked"), try row("is_told") { progress.finished += 1 }
        }
        return progress
    }

    /// How many payments the ledger knows.
    func payments() async throws -> Int {
        let shopIDs = crowd.delivered
        let rows = try await crowd.patiently {
            try await crowd.pool.read(
                """
                SELECT count(DISTINCT t.order_id) AS paid FROM returns.tenders t
                JOIN order_ingest.external_ids e ON e.order_id = t.order_id
                WHERE e.provider = 'shopify' AND e.external_id = ANY(\(shopIDs)) AND t.captured > 0
                """)
        }
        return try rows[0]("paid")
    }

    /// The next customers write.
    mutating func ask(_ count: Int) async throws {
        for shopID in crowd.delivered.filter({ tickets[$0] == nil }).prefix(count) {
            let body = """
                {"subject":"It does not fit","customer_email":"ana@example.com","status":"return_requested",
                 "custom_fields":{"order_id":"\(shopID)","return_reason":"wrong_size","items_to_return":["MIE-ROBE-S"]}}
                """
            let answer = try await insist("POST", "tickets", body, key: "resilience-\(shopID)")
            tickets[shopID] = answer.id.string ?? ""
        }
    }

    /// The next of those who have sent their parcel have it received, as good as new.
    mutating func receive(_ count: Int) async throws {
        var left = count
        for ticket in tickets.values.sorted() where left > 0 && !received.contains(ticket) {
            let now = try await stack.api("GET", "tickets/\(ticket)").json
            guard now.status.string == "label_sent" else { continue }
            let body = #"{"status":"item_received","custom_fields":{"condition":"good"}}"#
            _ = try await insist("PATCH", "tickets/\(ticket)", body)
            received.insert(ticket)
            left -= 1
        }
    }

    /// As a client does whose call found nobody, or was not answered in time: the same again.
    private func insist(_ method: String, _ path: String, _ body: String, key: String? = nil) async throws -> JSON {
        var headers = [("authorization", "Bearer \(stack["STATESET_API_KEY"])")]
        if let key { headers.append(("idempotency-key", key)) }
        while true {
            let url = "\(stack.nextAPI)/v1/workspaces/\(stack.workspace)/\(path)"
            let answer = try await stack.send(method, url, body, headers)
            if answer.status < 300 { return answer.json }
            // While the first call of the key is still under way, the second is told so.
            guard answer.status >= 500 || key != nil && answer.status == 409 else {
                throw Unexpected(what: "answer \(answer.status) to \(method) \(path)", answer: answer.json)
            }
            try await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }
}
