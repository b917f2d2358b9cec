import Commerce
import Foundation
import Messaging
import Postgres

/// Messages that were given up on, of every service.
enum DeadLetterReader {
    struct Filter: Sendable {
        var service: String?
        var reason: String?
        var type: String?
        var key: String?
        var status: String?
    }

    struct Letter: Sendable {
        var id: DeadLetterID
        var service: ServiceName
        var queue: String
        var messageID: String?
        var type: String?
        var subject: String?
        var correlationID: String?
        var reason: String
        var detail: String
        var status: String
        var createdAt: Date
        var closedAt: Date?
    }

    /// What open letters can be counted by.
    enum Grouping: String, Sendable, CaseIterable {
        case reason, type, key, workspace
        case providerCode = "provider_code"
    }

    struct Group: Sendable {
        var grouping: Grouping
        var value: String?
        var count: Int
        var oldestAt: Date
        var newestAt: Date
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Letter> {
        let rows = try await pool.query(
            """
            SELECT \(columns) FROM api.dead_letters_view
            \(page.newestFirst(filter.conditions))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Letter.init), limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    /// With the message's bytes.
    static func find(
        _ id: DeadLetterID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> (Letter, [UInt8])? {
        try await pool.query(
            "SELECT \(columns), body FROM api.dead_letters_view WHERE id = \(id.uuid)", workspace: workspaceID.uuid
        ).first.map { (try Letter($0), try $0("body")) }
    }

    /// The largest groups of what is open.
    static func groups(
        by grouping: Grouping, _ filter: Filter, limit: Int, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [Group] {
        let conditions = filter.conditions + (filter.status == nil ? ["status = 'open'"] : [])
        return try await pool.query(
            """
            SELECT \(grouping.expression) AS value, count(*) AS count, min(created_at) AS oldest, max(created_at) AS newest
            FROM api.dead_letters_view WHERE \(conditions.allOf)
            GROUP BY 1 ORDER BY count DESC, value LIMIT \(limit)
            """, workspace: workspaceID.uuid
        ).map { row in
            Group(
                grouping: grouping, value: try row("value"), count: try row("count"), oldestAt: try row("oldest"),
                newestAt: try row("newest"))
        }
    }

    /// The open letters among messages, by their ids.
    static func open(
        messages ids: [String], in database: PostgresTransaction
    ) async throws -> [String: DeadLetterID] {
        let rows = try await database.query(
            """
            SELECT message_id, id FROM api.dead_letters_view WHERE status = 'open' AND message_id = ANY(\(ids))
            """)
        return Dictionary(
            try rows.map { (try $0("message_id", as: String.self), DeadLetterID(uuid: try $0("id"))) },
            uniquingKeysWith: { max($0, $1) })
    }

    /// The open letters of one group.
    struct OpenGroup: Sendable {
        var grouping: Grouping
        /// Nil: those without it.
        var value: String?

        fileprivate var condition: SQL {
            "status = 'open' AND \(grouping.expression) IS NOT DISTINCT FROM \(value)::text"
        }
    }

    static func count(of group: OpenGroup, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Int {
        try await pool.query(
            "SELECT count(*) AS count FROM api.dead_letters_view WHERE \(group.condition)", workspace: workspaceID.uuid
        )[0]("count")
    }

    /// In the order of their ids, so that what becomes of them does not move the pages.
    static func page(
        of group: OpenGroup, after id: DeadLetterID?, limit: Int, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [Letter] {
        let position: SQL = id.map { "id > \($0.uuid)" } ?? "true"
        return try await pool.query(
            """
            SELECT \(columns) FROM api.dead_letters_view WHERE \(group.condition) AND \(position)
            ORDER BY id LIMIT \(limit)
            """, workspace: workspaceID.uuid
        ).map(Letter.init)
    }

    private static let columns: SQL = """
        id, service, queue, message_id, type, subject, correlation_id, reason, detail, status, created_at, closed_at
        """
}

extension DeadLetterReader.Grouping {
    fileprivate var expression: SQL {
        switch self {
        case .reason: "reason"
        case .type: "type"
        case .key: "subject"
        case .workspace: "'ws_' || replace(workspace_id::text, '-', '')"
        // A refusal's detail reads `code: message`.
        case .providerCode: "substring(detail FROM '^[a-z0-9_]+(?=: )')"
        }
    }
}

extension DeadLetterReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let service { conditions.append("service = \(service)") }
        if let reason { conditions.append("reason = \(reason)") }
        if let type { conditions.append("type = \(type)") }
        if let key { conditions.append("subject = \(key)") }
        if let status { conditions.append("status = \(status)") }
        return conditions
    }
}

extension DeadLetterReader.Letter {
    fileprivate init(_ row: PostgresRow) throws {
        id = DeadLetterID(uuid: try row("id"))
        service = ServiceName(rawValue: try row("service"))
        queue = try row("queue")
        messageID = try row("message_id")
        type = try row("type")
        subject = try row("subject")
        correlationID = try row("correlation_id")
        reason = try row("reason")
        detail = try row("detail")
        status = try row("status")
        createdAt = try row("created_at")
        closedAt = try row("closed_at")
    }
}
