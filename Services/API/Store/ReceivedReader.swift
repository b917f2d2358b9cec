import Commerce
import Foundation
import Postgres

/// Webhooks as they came in, from the gateway's view.
enum ReceivedReader {
    struct Filter: Sendable {
        var provider: String?
        var topic: String?
        var status: Status?
        var since: Date?
    }

    /// `duplicate` picks the accepted ones that came more than once.
    enum Status: String, Sendable, CaseIterable {
        case accepted, duplicate, quarantined
    }

    struct Received: Sendable {
        var id: ReceivedID
        var provider: String
        var topic: String?
        var deliveryID: String?
        var eventID: String?
        var status: String
        var reason: String?
        var duplicates: Int
        var lastDuplicateAt: Date?
        var receivedAt: Date
    }

    /// What was kept of the request itself; nil once its month has been dropped from the archive.
    struct Payload: Sendable {
        var headers: String
        var body: [UInt8]
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Received> {
        let rows = try await pool.query(
            """
            SELECT \(columns) FROM ingest_gateway.received_view
            \(page.newestFirst(filter.conditions, time: "received_at"))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Received.init), limit: page.limit) {
            Cursor(time: $0.receivedAt, id: $0.id.uuid)
        }
    }

    static func find(
        _ id: ReceivedID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> (Received, Payload?)? {
        try await pool.query(
            "SELECT \(columns), headers, body FROM ingest_gateway.received_view WHERE id = \(id.uuid)",
            workspace: workspaceID.uuid
        ).first.map { row in
            let headers = try row("headers", as: JSONB?.self)
            let body = try row("body", as: [UInt8]?.self)
            return (try Received(row), headers.map { Payload(headers: $0.text, body: body ?? []) })
        }
    }

    private static let columns: SQL = """
        id, provider, topic, delivery_id, event_id, status, reason, duplicates, last_duplicate_at, received_at
        """
}

extension ReceivedReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let provider { conditions.append("provider = \(provider)") }
        if let topic { conditions.append("topic = \(topic)") }
        if let since { conditions.append("received_at >= \(since)") }
        switch status {
        case .accepted: conditions.append("status = 'accepted'")
        case .duplicate: conditions.append("status = 'accepted' AND duplicates > 0")
        case .quarantined: conditions.append("status = 'quarantined'")
        case nil: break
        }
        return conditions
    }
}

extension ReceivedReader.Received {
    fileprivate init(_ row: PostgresRow) throws {
        id = ReceivedID(uuid: try row("id"))
        provider = try row("provider")
        topic = try row("topic")
        deliveryID = try row("delivery_id")
        eventID = try row("event_id")
        status = try row("status")
        reason = try row("reason")
        duplicates = try row("duplicates")
        lastDuplicateAt = try row("last_duplicate_at")
        receivedAt = try row("received_at")
    }
}
