import Commerce
import Foundation
import Postgres

/// `platform.audit_log`: who did what, and why.
enum AuditReader {
    struct Filter: Sendable {
        var actor: String?
        var action: String?
        var subject: String?
        var since: Date?
    }

    struct Entry: Sendable {
        var id: AuditID
        var at: Date
        var actor: String
        var action: String
        var subject: String
        var reason: String?
        /// JSON texts.
        var before: String?
        var after: String?
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Entry> {
        let rows = try await pool.query(
            """
            SELECT id, at, actor, action, subject, reason, before, after FROM platform.audit_log
            \(page.newestFirst(filter.conditions, time: "at"))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Entry.init), limit: page.limit) { Cursor(time: $0.at, id: $0.id.uuid) }
    }
}

extension AuditReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let actor { conditions.append("actor = \(actor)") }
        if let action { conditions.append("action = \(action)") }
        if let subject { conditions.append("subject = \(subject)") }
        if let since { conditions.append("at >= \(since)") }
        return conditions
    }
}

extension AuditReader.Entry {
    fileprivate init(_ row: PostgresRow) throws {
        id = AuditID(uuid: try row("id"))
        at = try row("at")
        actor = try row("actor")
        action = try row("action")
        subject = try row("subject")
        reason = try row("reason")
        before = try row("before", as: JSONB?.self)?.text
        after = try row("after", as: JSONB?.self)?.text
    }

    var json: JSON {
        [
            "id": .id(id),
            "at": .time(at),
            "actor": .string(actor),
            "action": .string(action),
            "subject": .string(subject),
            "reason": .text(reason),
            "before": before.map(JSON.raw) ?? .null,
            "after": after.map(JSON.raw) ?? .null,
        ]
    }
}
