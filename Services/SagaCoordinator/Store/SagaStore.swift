import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `sagas`: one row per instance.
enum SagaStore {
    /// Start and mail of one key come one after the other: a saga that is being started sees its mail, or is seen by it.
    /// - Returns: those of the addresses that exist. Until the transaction ends nobody else starts the others.
    static func serialise(
        _ addresses: [MailboxAddress], in database: PostgresTransaction
    ) async throws -> [MailboxAddress: SagaID] {
        guard !addresses.isEmpty else { return [:] }
        let keys = addresses.map { "\($0.workspaceID)|\($0.saga)|\($0.key)" }
        let results = try await database.pipeline([
            """
            SELECT pg_advisory_xact_lock(h)::text FROM (
                SELECT DISTINCT hashtextextended(k, 0) AS h FROM unnest(\(keys)) AS u(k) ORDER BY 1) AS o
            """,
            idSelection(addresses),
        ])
        return try ids(results[1])
    }

    /// Writes a saga that was recorded elsewhere.
    /// - Returns: whether the workspace had none of that name and key.
    static func insert(_ saga: SagaInstance, in database: PostgresTransaction) async throws -> Bool {
        try await database.execute(
            """
            INSERT INTO sagas (id, workspace_id, name, key, subject, run, status, input, pivoted, next_seq, version,
                               actor, started_at, updated_at)
            VALUES (\(saga.id.uuid), \(saga.workspaceID.uuid), \(saga.name), \(saga.key), \(saga.subject), \(saga.run),
                    \(saga.status.rawValue), \(saga.input.text)::json, \(saga.pivoted), \(saga.nextSeq), 0,
                    \(saga.actor), \(saga.startedAt), \(saga.updatedAt))
            ON CONFLICT (workspace_id, name, key) DO NOTHING
            """) > 0
    }

    static func ids(
        of addresses: [MailboxAddress], in database: PostgresTransaction
    ) async throws -> [MailboxAddress: SagaID] {
        guard !addresses.isEmpty else { return [:] }
        return try ids(try await database.query(idSelection(addresses)))
    }

    /// WHY: a join would be planned once, for a table that is nearly empty, and read all of it for long after.
    private static func idSelection(_ addresses: [MailboxAddress]) -> SQL {
        """
        SELECT s.id, u.workspace AS workspace_id, u.name, u.key
        FROM unnest(\(addresses.map(\.workspaceID.uuid)), \(addresses.map(\.saga)), \(addresses.map(\.key)))
            AS u(workspace, name, key)
        CROSS JOIN LATERAL (
            SELECT id FROM sagas WHERE workspace_id = u.workspace AND name = u.name AND key = u.key LIMIT 1
        ) AS s
        """
    }

    private static func ids(_ rows: [PostgresRow]) throws -> [MailboxAddress: SagaID] {
        try rows.reduce(into: [:]) { found, row in
            let address = MailboxAddress(
                workspaceID: WorkspaceID(uuid: try row("workspace_id")), saga: try row("name"), key: try row("key"))
            found[address] = SagaID(uuid: try row("id"))
        }
    }

    /// Locks in id order, so that two coordinators never wait for each other in a circle.
    /// - Returns: the versions; what a process remembers of an older one is out of date.
    static func lock(_ ids: Set<SagaID>, in database: PostgresTransaction) async throws -> [SagaID: Int] {
        guard !ids.isEmpty else { return [:] }
        let uuids = ids.map(\.uuid)
        let rows = try await database.query(
            "SELECT id, version FROM sagas WHERE id = ANY(\(uuids)) ORDER BY id FOR UPDATE")
        return Dictionary(uniqueKeysWithValues: try rows.map { (SagaID(uuid: try $0("id")), try $0("version")) })
    }

    static func selection(_ ids: [SagaID]) -> SQL {
        """
        SELECT id, workspace_id, name, key, subject, run, status, business_status, input, output, error, cause,
               stuck_reason, pivoted, compensation, next_seq, version, build_id, actor, correlation_id, traceparent,
               attributes, paused_at, watched, started_at, updated_at
        FROM sagas WHERE id = ANY(\(ids.map(\.uuid)))
        """
    }

    // LIMIT: a saga outlives few deploys; while one is under way two builds may take turns on it.
    private static let formerBuildsMax = 50

    /// Those before, and the one that has saved the row so far: up to which version, and when that was.
    private static let formerBuilds: SQL = """
        CASE WHEN jsonb_array_length(sagas.former_builds) >= \(formerBuildsMax) THEN sagas.former_builds - 0
            ELSE coalesce(sagas.former_builds, '[]') END
        || jsonb_build_object('build_id', sagas.build_id, 'version', sagas.version, 'until',
            to_char(sagas.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        """

    /// Writes sagas that have no row yet. Travels with the next statement or COMMIT.
    static func insert(_ machines: [SagaMachine], buildID: String, in database: PostgresTransaction) throws {
        guard !machines.isEmpty else { return }
        let sagas = machines.map(\.saga)
        database.enqueue(
            """
            INSERT INTO sagas (id, workspace_id, name, key, subject, run, status, business_status, input, output, error,
                cause, stuck_reason, pivoted, compensation, next_seq, version, attributes, paused_at, watched,
                waiting_kind, waiting_name, waiting_since, waiting_until, check_at, actor, correlation_id, traceparent,
                started_at, updated_at, build_id)
            SELECT id, workspace, name, key, subject, run, status, business_status, first_input::json, output::json,
                error::json, cause::json, stuck_reason, pivoted, compensation, next_seq, version, attributes::jsonb,
                paused_at, watched, waiting_kind, waiting_name, waiting_since, waiting_until,
                CASE WHEN settled THEN NULL ELSE deadline_at END, actor, correlation, trace, started_at, updated_at,
                \(buildID)
            FROM \(try changing(machines)) JOIN unnest(\(sagas.map(\.id.uuid)), \(sagas.map(\.workspaceID.uuid)),
                \(sagas.map(\.name)), \(sagas.map(\.key)), \(sagas.map(\.subject)), \(sagas.map(\.input.text)),
                \(sagas.map(\.actor)), \(sagas.map(\.correlationID)), \(sagas.map(\.traceparent)),
                \(sagas.map(\.startedAt)))
                AS f(id, workspace, name, key, subject, first_input, actor, correlation, trace, started_at) USING (id)
            """)
    }

    /// Travels with the next statement or COMMIT.
    ///
    /// The row names the build that saved it last, and those that came before: together the build of each version.
    static func save(_ machines: [SagaMachine], buildID: String, in database: PostgresTransaction) throws {
        guard !machines.isEmpty else { return }
        database.enqueue(
            """
            UPDATE sagas SET run = u.run, status = u.status, business_status = u.business_status,
                input = CASE WHEN sagas.run = u.run THEN sagas.input ELSE u.input::json END,
                output = u.output::json, error = u.error::json, cause = u.cause::json, stuck_reason = u.stuck_reason,
                pivoted = u.pivoted, compensation = u.compensation, next_seq = u.next_seq, version = u.version,
                attributes = u.attributes::jsonb, paused_at = u.paused_at, watched = u.watched,
                waiting_kind = u.waiting_kind, waiting_name = u.waiting_name, waiting_since = u.waiting_since,
                waiting_until = u.waiting_until,
                check_at = CASE WHEN u.settled THEN NULL ELSE least(sagas.check_at, u.deadline_at) END,
                updated_at = u.updated_at, build_id = \(buildID),
                former_builds = CASE WHEN sagas.build_id <> \(buildID) THEN \(formerBuilds)
                    ELSE sagas.former_builds END
            FROM \(try changing(machines)) WHERE sagas.id = u.id
            """)
    }

    /// The columns that a saga's way changes.
    private static func changing(_ machines: [SagaMachine]) throws -> SQL {
        let sagas = machines.map(\.saga)
        let waiting = machines.map(\.waitingOn)
        let attributes = try sagas.map { $0.attributes.isEmpty ? "{}" : try RawJSON(encoding: $0.attributes).text }
        return """
            unnest(\(sagas.map(\.id.uuid)), \(sagas.map(\.run)), \(sagas.map(\.status.rawValue)),
                \(sagas.map(\.businessStatus)), \(sagas.map { $0.run == 1 ? "{}" : $0.input.text }),
                \(sagas.map { $0.output?.text }), \(try sagas.map { try $0.error?.text }),
                \(try sagas.map { try $0.cause?.text }), \(sagas.map(\.stuckReason)), \(sagas.map(\.pivoted)),
                \(sagas.map { $0.compensation?.rawValue }), \(sagas.map(\.nextSeq)), \(sagas.map(\.version)),
                \(attributes), \(sagas.map(\.pausedAt)), \(sagas.map(\.isWatched)),
                \(waiting.map { $0?.kind.rawValue }), \(waiting.map { $0?.name }), \(waiting.map { $0?.since }),
                \(waiting.map { $0?.until }), \(machines.map(\.deadlineAt)), \(machines.map(\.isNeverOverdue)),
                \(sagas.map(\.updatedAt)))
            AS u(id, run, status, business_status, input, output, error, cause, stuck_reason, pivoted, compensation,
                next_seq, version, attributes, paused_at, watched, waiting_kind, waiting_name, waiting_since,
                waiting_until, deadline_at, settled, updated_at)
            """
    }

    /// Locks some that are to be looked at, as by now they may have a reply overdue; each replica gets others.
    /// - Parameter names: the sagas this build has code for.
    static func overdue(
        _ names: [String], at: Date, limit: Int, in database: PostgresTransaction
    ) async throws -> [SagaID] {
        try await database.query(
            """
            SELECT id FROM sagas WHERE check_at <= \(at) AND name = ANY(\(names))
            ORDER BY check_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
            """
        ).map { SagaID(uuid: try $0("id")) }
    }

    /// When the sweeper looks at sagas again that it has just looked at. Travels with the next statement or COMMIT.
    static func setNextCheck(_ machines: [SagaMachine], in database: PostgresTransaction) {
        guard !machines.isEmpty else { return }
        database.enqueue(
            """
            UPDATE sagas SET check_at = u.deadline_at
            FROM unnest(\(machines.map(\.saga.id.uuid)), \(machines.map(\.deadlineAt))) AS u(id, deadline_at)
            WHERE sagas.id = u.id
            """)
    }
}

extension SagaMachine {
    /// At its end, with no undo of something late under way.
    fileprivate var isNeverOverdue: Bool { saga.status.isTerminal && deadlineAt == nil }
}

extension NewSaga {
    func instance(at: Date) -> SagaInstance {
        var saga = SagaInstance(
            id: SagaID(), workspaceID: address.workspaceID, name: address.saga, key: address.key, subject: address.key,
            input: input, actor: context.actor, startedAt: at)
        saga.correlationID = context.correlationID
        saga.traceparent = context.traceparent
        return saga
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
        cause = try row.optionalJSON("cause")?.decode()
        stuckReason = try row("stuck_reason")
        attributes = try row.json("attributes").decode()
        pausedAt = try row("paused_at")
        isWatched = try row("watched")
        pivoted = try row("pivoted")
        compensation = try row("compensation", as: String?.self).flatMap(CompensationCause.init)
        nextSeq = try row("next_seq")
        version = try row("version")
        buildID = try row("build_id")
        correlationID = try row("correlation_id")
        traceparent = try row("traceparent")
        updatedAt = try row("updated_at")
    }
}

extension Refusal {
    var text: String { get throws { try RawJSON(encoding: self).text } }
}

extension PostgresRow {
    func json(_ column: String) throws -> RawJSON {
        RawJSON(bytes: try self(column, as: JSONB.self).bytes)
    }

    func optionalJSON(_ column: String) throws -> RawJSON? {
        try self(column, as: JSONB?.self).map { RawJSON(bytes: $0.bytes) }
    }
}
