import Commerce
import Contracts
import Foundation
import Postgres
import Synchronization
import Testing

@testable import Messaging
@testable import SagaCoordinator

/// What a transaction's body found out.
final class Found<Element: Sendable>: Sendable {
    private let values = Mutex<[Element]>([])

    func set(_ all: [Element]) { values.withLock { $0 = all } }

    var all: [Element] { values.withLock { $0 } }
}

typealias Firings = Found<Envelope>
typealias Names = Found<String>

extension CoordinatorBench {
    /// Due now.
    @discardableResult
    func schedule(
        every interval: Duration, overlap: String = "allow", catchUp: String = "one", workspace: WorkspaceID? = nil
    ) async throws -> ScheduleID {
        let id = ScheduleID()
        try await change(
            """
            INSERT INTO saga_coordinator.schedules
                (id, workspace_id, name, command, owner, data, interval_ms, overlap, catch_up,
                 reply_within_ms, next_run_at)
            VALUES (\(id.uuid), \((workspace ?? workspaceID).uuid), 'poll', 'Poll', 'x', '{}',
                    \(interval.milliseconds), \(overlap), \(catchUp), 3600000, \(clock.now))
            """)
        return id
    }

    func schedule(
        cron: String, zone: String, next: String, catchUp: String = "one", name: String = "nightly"
    ) async throws -> ScheduleID {
        let id = ScheduleID()
        try await change(
            """
            INSERT INTO saga_coordinator.schedules
                (id, workspace_id, name, command, owner, data, cron, time_zone, overlap, catch_up,
                 reply_within_ms, next_run_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(name), 'Poll', 'x', '{}', \(cron), \(zone), 'allow',
                    \(catchUp), 3600000, \(try #require(WireJSON.date(next))))
            """)
        return id
    }

    func set(clock text: String) async throws {
        let moment = try #require(WireJSON.date(text))
        clock.advance(by: .milliseconds(Int64((moment.timeIntervalSince(clock.now) * 1000).rounded())))
    }

    /// The commands that a look at what is due sends, those of this workspace.
    func fire() async throws -> [Envelope] {
        try await handle { _ = try await Scheduler.fireDue(in: $0) }
            .filter { $0.attributes.workspaceid == workspaceID }
    }

    @discardableResult
    func operate(_ id: ScheduleID, _ verb: OperateSchedule.Verb) async throws -> [Envelope] {
        try await handle { transaction in
            let command = OperateSchedule(scheduleID: id, verb: verb, reason: "test")
            _ = try await OperateScheduleHandler().handle(command, in: transaction)
        }
    }

    func change(_ id: ScheduleID, _ change: ChangeSchedule.Change) async throws {
        try await handle { transaction in
            let command = ChangeSchedule(scheduleID: id, change: change, reason: "test")
            _ = try await ChangeScheduleHandler().handle(command, in: transaction)
        }
    }

    /// As the queue of replies brings it.
    func tell(_ type: String, _ news: some Encodable, of command: Envelope) async throws {
        let message = try MessageFactory(source: .tracking, clock: clock).sagaMessage(
            type, RawJSON(encoding: news), cause: command, saga: try #require(SagaAddress(command.attributes)))
        try await deliver([message.envelope])
    }

    struct StoredSchedule {
        var nextRunAt: Date?
        var outcome, error: String?
        var firings, skipped: Int
        var isPaused: Bool
    }

    func schedule(_ id: ScheduleID) async throws -> StoredSchedule {
        let row = try #require(
            try await pool.query(
                """
                SELECT next_run_at, last_outcome, last_error, firings, skipped, paused
                FROM saga_coordinator.schedules WHERE id = \(id.uuid)
                """
            ).first)
        return StoredSchedule(
            nextRunAt: try row("next_run_at"), outcome: try row("last_outcome"), error: try row("last_error"),
            firings: try row("firings"), skipped: try row("skipped"), isPaused: try row("paused"))
    }

    struct StoredAudit: Sendable {
        var action, actor, reason, before, after: String
    }

    func audit(_ id: some CustomStringConvertible & Sendable) async throws -> [StoredAudit] {
        try await pool.query(
            """
            SELECT action, actor, reason, before::text AS before, after::text AS after FROM platform.audit_log
            WHERE workspace_id = \(workspaceID.uuid) AND subject = \(id.description) ORDER BY at, id
            """
        ).map { row in
            StoredAudit(
                action: try row("action"), actor: try row("actor"), reason: try row("reason"),
                before: try row("before"), after: try row("after"))
        }
    }
}

extension Envelope {
    var scheduleAddress: ScheduleAddress? { SagaAddress(attributes).flatMap(ScheduleAddress.init) }
}
