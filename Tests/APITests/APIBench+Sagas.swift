import Commerce
import Foundation
import Postgres

@testable import API

/// Sagas as the coordinator would have written them.
extension APIBench {
    struct SagaFixture {
        var id = SagaID()
        var name = "order-fulfillment"
        var status = "waiting"
        var subject: String?
        var key = UUIDv7.make().uuidString
        var run = 1
        var stuckReason: String?
        var attributes = "{}"
        var error: String?
        var pivoted = false
        var buildID: String?
        var formerBuilds: String?
        var startedAt = Date(timeIntervalSince1970: 1_770_000_000)
        var updatedAt = Date(timeIntervalSince1970: 1_770_000_000)
    }

    @discardableResult
    func insertSaga(_ saga: SagaFixture = SagaFixture(), in workspace: WorkspaceID? = nil) async throws -> SagaFixture {
        let isWaiting = saga.status == "waiting"
        try await owner.execute(
            """
            INSERT INTO saga_coordinator.sagas (id, workspace_id, name, key, subject, run, status, business_status, input,
                pivoted, next_seq, version, actor, waiting_kind, waiting_name, waiting_since, started_at, updated_at,
                stuck_reason, attributes, error, build_id, former_builds)
            VALUES (\(saga.id.uuid), \((workspace ?? workspaceID).uuid), \(saga.name), \(saga.key),
                \(saga.subject), \(saga.run), \(saga.status), 'dispatched', '{"order_id":"x"}', \(saga.pivoted), 3, 1,
                'test', \(isWaiting ? "event" : nil), \(isWaiting ? "shipment.shipped" : nil),
                \(isWaiting ? saga.startedAt : nil), \(saga.startedAt), \(saga.updatedAt), \(saga.stuckReason),
                \(JSONB(text: saga.attributes)), \(saga.error)::json, \(saga.buildID),
                \(saga.formerBuilds)::jsonb)
            """)
        return saga
    }

    struct StepFixture {
        var path: String
        var seq: Int?
        var kind = "perform"
        var name = "CreateSalesOrder"
        var status = "completed"
        var undo: String?
        var run = 1
        var tries = 0
        var trouble: String?
        var dueAt: Date?
        var eventID: Int?
    }

    func insertStep(_ step: StepFixture, of saga: SagaID) async throws {
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await owner.execute(
            """
            INSERT INTO saga_coordinator.steps (saga_id, run, path, workspace_id, seq, kind, name, owner, status, attempt,
                tries, request, reply_within_ms, result, undo, undo_evaluated, trouble, due_at, event_id, started_at)
            VALUES (\(saga.uuid), \(step.run), \(step.path), \(workspaceID.uuid), \(step.seq), \(step.kind),
                \(step.name), 'order-ingest', \(step.status), 1, \(step.tries), '{"number":"#1001"}', 3600000,
                '{"id":"98431"}', \(step.undo.map(JSONB.init(text:))), true, \(step.trouble), \(step.dueAt),
                \(step.eventID), \(now))
            """)
    }

    /// - Returns: its number.
    @discardableResult
    func insertMail(
        _ type: String, saga: String = "order-fulfillment", key: String, consumedRun: Int? = nil
    ) async throws -> Int {
        try await owner.query(
            """
            INSERT INTO saga_coordinator.mailbox (workspace_id, saga_name, saga_key, message_id, type, data, received_at,
                consumed_run, consumed_path)
            VALUES (\(workspaceID.uuid), \(saga), \(key), \(UUIDv7.make().uuidString), \(type), '{"order_id":"x"}',
                \(Date(timeIntervalSince1970: 1_770_000_000)), \(consumedRun), \(consumedRun.map { _ in "2" }))
            RETURNING id
            """)[0]("id")
    }
}
