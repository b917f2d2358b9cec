import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `steps`: the recorded history.
enum StepStore {
    struct Row: Sendable {
        var sagaID: SagaID
        var workspaceID: WorkspaceID
        var run: Int
        var step: SagaStep
    }

    /// The steps of each saga's current run.
    static func selection(_ ids: [SagaID]) -> SQL {
        """
        SELECT t.saga_id, t.path, t.seq, t.kind, t.name, t.owner, t.status, t.attempt, t.tries, t.request,
               t.reply_within_ms, t.result, t.error, t.event_id, t.event_type, t.undo, t.undo_evaluated, t.lost,
               t.trouble, t.due_at, t.deadline_at, t.started_at, t.finished_at
        FROM sagas s JOIN steps t ON t.saga_id = s.id AND t.run = s.run WHERE s.id = ANY(\(ids.map(\.uuid)))
        """
    }

    /// Writes operations that have no row yet. Travels with the next statement or COMMIT.
    static func insert(_ rows: [Row], in database: PostgresTransaction) throws {
        guard !rows.isEmpty else { return }
        let steps = rows.map(\.step)
        let undos = try steps.map { try $0.undo.map { try RawJSON(encoding: $0).text } }
        database.enqueue(
            """
            INSERT INTO steps (saga_id, run, path, workspace_id, seq, kind, name, owner, status, attempt, tries, request,
                reply_within_ms, result, error, event_id, event_type, undo, undo_evaluated, lost, trouble, due_at,
                deadline_at, started_at, finished_at)
            SELECT saga, run, path, workspace, seq, kind, name, owner, status, attempt, tries, request::json, within,
                result::json, error::json, event, event_type, undo::json, evaluated, lost, trouble, due, deadline,
                started, finished
            FROM unnest(\(rows.map(\.sagaID.uuid)), \(rows.map(\.run)), \(steps.map(\.path)),
                \(rows.map(\.workspaceID.uuid)), \(steps.map(\.seq)), \(steps.map(\.kind.rawValue)), \(steps.map(\.name)),
                \(steps.map { $0.owner?.rawValue }), \(steps.map(\.status.rawValue)), \(steps.map(\.attempt)),
                \(steps.map(\.tries)), \(steps.map { $0.request?.text }), \(steps.map(\.replyWithinMilliseconds)),
                \(steps.map { $0.result?.text }), \(try steps.map { try $0.error?.text }), \(steps.map(\.eventID)),
                \(steps.map(\.eventType)), \(undos), \(steps.map(\.undoEvaluated)), \(steps.map(\.lost)),
                \(steps.map(\.trouble)), \(steps.map(\.dueAt)), \(steps.map(\.deadlineAt)), \(steps.map(\.startedAt)),
                \(steps.map(\.finishedAt)))
            AS u(saga, run, path, workspace, seq, kind, name, owner, status, attempt, tries, request, within, result,
                error, event, event_type, undo, evaluated, lost, trouble, due, deadline, started, finished)
            """)
    }

    /// Writes what changed. Travels with the next statement or COMMIT.
    static func update(_ rows: [Row], in database: PostgresTransaction) throws {
        guard !rows.isEmpty else { return }
        let steps = rows.map(\.step)
        let undos = try steps.map { try $0.undo.map { try RawJSON(encoding: $0).text } }
        database.enqueue(
            """
            UPDATE steps SET seq = u.seq, status = u.status, attempt = u.attempt, tries = u.tries,
                result = u.result::json, error = u.error::json, event_id = u.event, event_type = u.event_type,
                undo = u.undo::json, undo_evaluated = u.evaluated, lost = u.lost, trouble = u.trouble,
                due_at = u.due, deadline_at = u.deadline, finished_at = u.finished
            FROM unnest(\(rows.map(\.sagaID.uuid)), \(rows.map(\.run)), \(steps.map(\.path)), \(steps.map(\.seq)),
                \(steps.map(\.status.rawValue)), \(steps.map(\.attempt)), \(steps.map(\.tries)),
                \(steps.map { $0.result?.text }), \(try steps.map { try $0.error?.text }), \(steps.map(\.eventID)),
                \(steps.map(\.eventType)), \(undos), \(steps.map(\.undoEvaluated)), \(steps.map(\.lost)),
                \(steps.map(\.trouble)), \(steps.map(\.dueAt)), \(steps.map(\.deadlineAt)), \(steps.map(\.finishedAt)))
            AS u(saga, run, path, seq, status, attempt, tries, result, error, event, event_type, undo, evaluated, lost,
                trouble, due, deadline, finished)
            WHERE steps.saga_id = u.saga AND steps.run = u.run AND steps.path = u.path
            """)
    }
}

extension SagaStep {
    fileprivate var replyWithinMilliseconds: Int? { replyWithin.map { Int($0 / .milliseconds(1)) } }

    init(_ row: PostgresRow) throws {
        self.init(
            path: try row("path"), kind: Kind(rawValue: try row("kind")) ?? .perform, name: try row("name"),
            status: Status(rawValue: try row("status")) ?? .issued, startedAt: try row("started_at"))
        seq = try row("seq")
        owner = try row("owner", as: String?.self).map(ServiceName.init)
        attempt = try row("attempt")
        tries = try row("tries")
        request = try row.optionalJSON("request")
        replyWithin = try row("reply_within_ms", as: Int?.self).map { .milliseconds($0) }
        result = try row.optionalJSON("result")
        error = try row.optionalJSON("error")?.decode()
        eventID = try row("event_id")
        eventType = try row("event_type")
        undo = try row.optionalJSON("undo")?.decode()
        undoEvaluated = try row("undo_evaluated")
        lost = try row("lost")
        trouble = try row("trouble")
        dueAt = try row("due_at")
        deadlineAt = try row("deadline_at")
        finishedAt = try row("finished_at")
    }
}
