import Commerce
import Foundation
import Postgres

/// What people were told of trouble, from the view of `notifications`.
enum AlertReader {
    /// What became of an alert's message: `off` where the workspace has no Slack, `grouped` where it stands for several,
    /// `failed` where Slack refuses it, or it was given up on and is a dead letter; `closed` once that was discarded, or
    /// corrected, which is an alert of its own.
    static let statuses = ["pending", "posted", "grouped", "off", "unknown", "failed", "closed"]

    struct Filter: Sendable {
        var key: String?
        /// One of its fields' values.
        var about: String?
        var status: String?
        var since: Date?
    }

    struct Record: Sendable {
        var id: AlertID
        var at: Date
        var key: String
        var title: String
        var text: String
        /// JSON text.
        var fields: String
        var next: [String]
        var link: String?
        var status: String
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Record> {
        let rows = try await pool.query(
            """
            SELECT id, at, key, title, text, fields::text AS fields, next, link, status FROM notifications.alert_view
            \(page.newestFirst(filter.conditions, time: "at"))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Record.init), limit: page.limit) { Cursor(time: $0.at, id: $0.id.uuid) }
    }
}

extension AlertReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let key { conditions.append("key = \(key)") }
        if let about { conditions.append("EXISTS (SELECT FROM jsonb_each_text(fields) f WHERE f.value = \(about))") }
        if let status { conditions.append("status = \(status)") }
        if let since { conditions.append("at >= \(since)") }
        return conditions
    }
}

extension AlertReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        id = AlertID(uuid: try row("id"))
        at = try row("at")
        key = try row("key")
        title = try row("title")
        text = try row("text")
        fields = try row("fields")
        next = try row("next")
        link = try row("link")
        status = try row("status")
    }

    var json: JSON {
        [
            "id": .id(id), "at": .time(at), "key": .string(key), "title": .string(title), "text": .string(text),
            "fields": .raw(fields), "next": .strings(next), "link": .text(link), "status": .string(status),
        ]
    }
}
