import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `sagas`: one row per instance.
enum SagaStore {
    /// Start and mail of one key come one after the other: a saga that is being started sees its mail, or is seen by it.
    static func serialise(_ addresses: [MailboxAddress], in database: PostgresTransaction) async throws {
        guard !addresses.isEmpty else { return }
        let keys = addresses.map { "\($0.workspaceID)|\($0.saga)|\($0.key)" }
        _ = try await database.query(
            """
            SELECT pg_advisory_xact_lock(h)::text FROM (
                SELECT DISTINCT hashtextextended(k, 0) AS h FROM unnest(\(keys)) AS u(k) ORDER BY 1) AS o
            """)
    }

    /// Creates the sagas that do not exist yet.
    /// - Returns: the ids of those created.
    static func start(
        _ sagas: [NewSaga], at: Date, in database: PostgresTransaction
    ) async throws -> Set<SagaID> {
        guard !sagas.isEmpty else { return [] }
        let unique = Dictionary(sagas.map { ($0.address, $0) }) { first, _ in first }.values
            .sorted { $0.address.key < $1.address.key }
        let ids = unique.map { _ in SagaID().uuid }
        let workspaces = unique.map(\.address.workspaceID.uuid)
        let names = unique.map(\.address.saga)
        let keys = unique.map(\.address.key)
        let inputs = unique.map(\.input.text)
        let actors = unique.map(\.context.actor)
        let correlations = unique.map(\.context.correlationID)
        let traces = unique.map(\.context.traceparent)
        let rows = try await database.query(
            """
            INSERT INTO sagas (id, workspace_id, name, key, subject, run, status, input, pivoted, next_seq, version,
                               actor, correlation_id, traceparent, started_at, updated_at)
            SELECT id, workspace, name, key, key, 1, 'running', input::jsonb, false, 0, 0, actor, correlation, trace,
                   \(at), \(at)
            FROM unnest(\(ids), \(workspaces), \(names), \(keys), \(inputs), \(actors), \(correlations), \(traces))
                AS u(id, workspace, name, key, input, actor, correlation, trace)
            ON CONFLICT (workspace_id, name, key) DO NOTHING
            RETURNING id
            """)
        return Set(try rows.map { SagaID(uuid: try $0("id")) })
    }

    static func ids(
        of addresses: [MailboxAddress], in database: PostgresTransaction
    ) async throws -> [MailboxAddress: SagaID] {
        guard !addresses.isEmpty else { return [:] }
        let workspaces = addresses.map(\.workspaceID.uuid)
        let names = addresses.map(\.saga)
        let keys = addresses.map(\.key)
        let rows = try await database.query(
            """
            SELECT DISTINCT s.id, s.workspace_id, s.name, s.key FROM sagas s
            JOIN unnest(\(workspaces), \(names), \(keys)) AS u(workspace, name, key)
                ON s.workspace_id = u.workspace AND s.name = u.name AND s.key = u.key
            """)
        return try rows.reduce(into: [:]) { found, row in
            let address = MailboxAddress(
                workspaceID: WorkspaceID(uuid: try row("workspace_id")), saga: try row("name"), key: try row("key"))
            found[address] = SagaID(uuid: try row("id"))
        }
    }

    /// Locks in id order, so that two coordinators never wait for each other in a circle.
    static func lock(_ ids: Set<SagaID>, in database: PostgresTransaction) async throws -> [SagaInstance] {
        guard !ids.isEmpty else { return [] }
        let uuids = ids.map(\.uuid)
        return try await database.query(
            """
            SELECT id, workspace_id, name, key, subject, run, status, business_status, input, output, error,
                   stuck_reason, pivoted, compensation, next_seq, version, actor, correlation_id, traceparent,
                   started_at, updated_at
            FROM sagas WHERE id = ANY(\(uuids)) ORDER BY id FOR UPDATE
            """
        ).map(SagaInstance.init)
    }

    static func save(_ machines: [SagaMachine], in database: PostgresTransaction) async throws {
        guard !machines.isEmpty else { return }
        try await database.pipeline(try machines.map(update))
    }

    private static func update(_ machine: SagaMachine) throws -> SQL {
        let saga = machine.saga
        let waiting = machine.waitingOn
        return """
            UPDATE sagas SET run = \(saga.run), status = \(saga.status.rawValue),
                business_status = \(saga.businessStatus), output = \(saga.output.map(JSONB.init)),
                error = \(try saga.error.map { try JSONB(encoding: $0) }), stuck_reason = \(saga.stuckReason),
                pivoted = \(saga.pivoted), compensation = \(saga.compensation?.rawValue), next_seq = \(saga.nextSeq),
                version = \(saga.version), waiting_kind = \(waiting?.kind.rawValue), waiting_name = \(waiting?.name),
                waiting_since = \(waiting?.since), waiting_until = \(waiting?.until),
                deadline_at = \(machine.deadlineAt), updated_at = \(saga.updatedAt)
            WHERE id = \(saga.id.uuid)
            """
    }

    static func overdue(at: Date, limit: Int, in database: PostgresTransaction) async throws -> [SagaID] {
        try await database.query(
            "SELECT id FROM sagas WHERE deadline_at <= \(at) ORDER BY deadline_at LIMIT \(limit)"
        ).map { SagaID(uuid: try $0("id")) }
    }
}

extension SagaInstance {
    init(_ row: PostgresRow) throws {
        self.init(
            id: SagaID(uuid: try row("id")), workspaceID: WorkspaceID(uuid: try row("workspace_id")),
            name: try row("name"), key: try row("key"), subject: try row("subject"), input: try row.json("input"),
            actor: try row("actor"), startedAt: try row("started_at"))
        run = try row("run")
        status = SagaStatus(rawValue: try row("status")) ?? .failed
        businessStatus = try row("business_status")
        output = try row.optionalJSON("output")
        error = try row.optionalJSON("error")?.decode()
        stuckReason = try row("stuck_reason")
        pivoted = try row("pivoted")
        compensation = try row("compensation", as: String?.self).flatMap(CompensationCause.init)
        nextSeq = try row("next_seq")
        version = try row("version")
        correlationID = try row("correlation_id")
        traceparent = try row("traceparent")
        updatedAt = try row("updated_at")
    }
}

extension PostgresRow {
    func json(_ column: String) throws -> RawJSON {
        RawJSON(bytes: try self(column, as: JSONB.self).bytes)
    }

    func optionalJSON(_ column: String) throws -> RawJSON? {
        try self(column, as: JSONB?.self).map { RawJSON(bytes: $0.bytes) }
    }
}
