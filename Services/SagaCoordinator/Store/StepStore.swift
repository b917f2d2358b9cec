import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `steps`: the recorded history.
enum StepStore {
    struct Row: Sendable {
        var saga: SagaInstance
        var step: SagaStep
    }

    /// The steps of each saga's current run.
    static func load(
        _ sagas: [SagaInstance], in database: PostgresTransaction
    ) async throws -> [SagaID: [SagaStep]] {
        guard !sagas.isEmpty else { return [:] }
        let ids = sagas.map(\.id.uuid)
        let runs = sagas.map(\.run)
        let rows = try await database.query(
            """
            SELECT s.saga_id, s.path, s.seq, s.kind, s.name, s.owner, s.status, s.attempt, s.tries, s.request,
                   s.reply_within_ms, s.result, s.error, s.event_id, s.event_type, s.undo, s.undo_evaluated, s.due_at,
                   s.deadline_at, s.started_at, s.finished_at
            FROM steps s JOIN unnest(\(ids), \(runs)) AS u(id, run) ON s.saga_id = u.id AND s.run = u.run
            """)
        return try Dictionary(grouping: rows) { SagaID(uuid: try $0("saga_id")) }
            .mapValues { try $0.map(SagaStep.init) }
    }

    static func save(_ rows: [Row], in database: PostgresTransaction) async throws {
        guard !rows.isEmpty else { return }
        try await database.pipeline(try rows.map(upsert))
    }

    private static func upsert(_ row: Row) throws -> SQL {
        let (saga, step) = (row.saga, row.step)
        let replyWithin = step.replyWithin.map { Int($0 / .milliseconds(1)) }
        return """
            INSERT INTO steps (saga_id, run, path, workspace_id, seq, kind, name, owner, status, attempt, tries,
                request, reply_within_ms, result, error, event_id, event_type, undo, undo_evaluated, due_at,
                deadline_at, started_at, finished_at)
            VALUES (\(saga.id.uuid), \(saga.run), \(step.path), \(saga.workspaceID.uuid), \(step.seq),
                \(step.kind.rawValue), \(step.name), \(step.owner?.rawValue), \(step.status.rawValue), \(step.attempt),
                \(step.tries), \(step.request.map(JSONB.init)), \(replyWithin), \(step.result.map(JSONB.init)),
                \(try step.error.map { try JSONB(encoding: $0) }), \(step.eventID), \(step.eventType),
                \(try step.undo.map { try JSONB(encoding: $0) }), \(step.undoEvaluated), \(step.dueAt),
                \(step.deadlineAt), \(step.startedAt), \(step.finishedAt))
            ON CONFLICT (saga_id, run, path) DO UPDATE SET seq = excluded.seq, status = excluded.status,
                attempt = excluded.attempt, tries = excluded.tries, result = excluded.result, error = excluded.error,
                event_id = excluded.event_id, event_type = excluded.event_type, undo = excluded.undo,
                undo_evaluated = excluded.undo_evaluated, due_at = excluded.due_at,
                deadline_at = excluded.deadline_at, finished_at = excluded.finished_at
            """
    }
}

extension SagaStep {
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
        dueAt = try row("due_at")
        deadlineAt = try row("deadline_at")
        finishedAt = try row("finished_at")
    }
}
