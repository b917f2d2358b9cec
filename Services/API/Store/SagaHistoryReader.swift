import Commerce
import Foundation
import Postgres
import Sagas

/// A saga with all that is recorded of its current run, in the form of `Sagas.SagaHistory`.
///
/// Written column by column, because JSON that a saga recorded is handed on as text, byte for byte.
enum SagaHistoryReader {
    /// Everything as it was at one moment.
    static func find(_ id: SagaID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> JSON? {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            let rows = try await database.query(
                """
                SELECT name, key, subject, run, status, business_status, attributes, input, output, error, stuck_reason,
                    cause, paused_at, pivoted, compensation, next_seq, started_at, updated_at
                FROM saga_coordinator.saga_view WHERE id = \(id.uuid)
                """)
            guard let row = rows.first else { return nil }
            let run = try row("run", as: Int.self)
            return [
                "format": 1,
                "saga": try head(row),
                "steps": .array(try await steps(of: id, run: run, in: database)),
                "mail": .array(try await mail(try row("name"), try row("key"), run: run, in: database)),
            ]
        }
    }

    private static func head(_ row: PostgresRow) throws -> JSON {
        [
            "name": .string(try row("name")),
            "key": .string(try row("key")),
            "subject": .text(try row("subject")),
            "run": .int(try row("run")),
            "status": .string(try row("status")),
            "business_status": .text(try row("business_status")),
            "attributes": try row.document("attributes"),
            "input": try row.documentText("input"),
            "output": try row.documentText("output"),
            "error": try row.document("error"),
            "stuck_reason": .text(try row("stuck_reason")),
            "cause": try row.document("cause"),
            "paused_at": .time(try row("paused_at")),
            "pivoted": .bool(try row("pivoted")),
            "compensation": .text(try row("compensation")),
            "next_seq": .int(try row("next_seq")),
            "started_at": .time(try row("started_at", as: Date.self)),
            "updated_at": .time(try row("updated_at", as: Date.self)),
        ]
    }

    private static func steps(of id: SagaID, run: Int, in database: PostgresTransaction) async throws -> [JSON] {
        let rows = try await database.query(
            """
            SELECT path, kind, name, status, seq, owner, attempt, tries, request, reply_within_ms, result, error,
                event_id, event_type, undo, undo_evaluated, lost, trouble, due_at, deadline_at, started_at, finished_at
            FROM saga_coordinator.step_view WHERE saga_id = \(id.uuid) AND run = \(run)
            """)
        return try rows.map { row in (StepPath(try row("path")), try step(row)) }
            .sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func step(_ row: PostgresRow) throws -> JSON {
        let facts: JSON = [
            "path": .string(try row("path")),
            "kind": .string(try row("kind")),
            "name": .string(try row("name")),
            "status": .string(try row("status")),
            "seq": .number(try row("seq")),
            "owner": .text(try row("owner")),
            "attempt": .int(try row("attempt")),
            "tries": .int(try row("tries")),
            "request": try row.documentText("request"),
            "reply_within_ms": .number(try row("reply_within_ms")),
            "result": try row.documentText("result"),
            "error": try row.document("error"),
            "event_id": .number(try row("event_id")),
            "event_type": .text(try row("event_type")),
        ]
        let rest: JSON = [
            "undo": try row.document("undo"),
            "undo_evaluated": .bool(try row("undo_evaluated")),
            "lost": .bool(try row("lost")),
            "trouble": .text(try row("trouble")),
            "due_at": .time(try row("due_at")),
            "deadline_at": .time(try row("deadline_at")),
            "started_at": .time(try row("started_at", as: Date.self)),
            "finished_at": .time(try row("finished_at")),
        ]
        return facts.adding(rest)
    }

    /// What the run has taken, and what nobody has.
    private static func mail(
        _ name: String, _ key: String, run: Int, in database: PostgresTransaction
    ) async throws -> [JSON] {
        try await database.query(
            """
            SELECT id, type, data, consumed_run, consumed_path FROM saga_coordinator.mail_view
            WHERE saga_name = \(name) AND saga_key = \(key) AND (consumed_run IS NULL OR consumed_run = \(run))
            ORDER BY id
            """
        ).map { row in
            [
                "id": .int(try row("id")),
                "type": .string(try row("type")),
                "data": try row.documentText("data"),
                "consumed_run": .number(try row("consumed_run")),
                "consumed_path": .text(try row("consumed_path")),
            ]
        }
    }
}

extension PostgresRow {
    /// A document as JSON, or null.
    fileprivate func document(_ column: String) throws -> JSON {
        try self(column, as: JSONB?.self).map { .raw($0.text) } ?? .null
    }

    /// A document as a text that holds JSON, or null.
    fileprivate func documentText(_ column: String) throws -> JSON {
        .text(try self(column, as: JSONB?.self)?.text)
    }
}
