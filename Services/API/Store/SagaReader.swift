import Commerce
import Foundation
import Postgres
import Sagas

/// Sagas with their steps, from the coordinator's views.
enum SagaReader {
    /// The last started first: what happens to sagas meanwhile moves none of them to another page.
    static func list(
        _ filter: SagaFilter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<SagaRecord> {
        let selection = page.newestFirst(filter.conditions, time: "started_at")
        let sagas = try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await read(selection, in: database)
        }
        return Page(rows: sagas, limit: page.limit) { Cursor(time: $0.startedAt, id: $0.id.uuid) }
    }

    /// With its unconsumed mail and what is not settled at providers, as all of it was at one moment.
    /// - Parameter run: whose steps it is read with; the current run's when left out.
    static func find(
        _ id: SagaID, run: Int? = nil, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> SagaRecord? {
        try await readOne("WHERE id = \(id.uuid)", run: run, in: workspaceID, pool)
    }

    /// Nil for a saga that is not here, or one whose status this build does not know.
    static func status(
        of id: SagaID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> SagaStatus? {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await database.query("SELECT status FROM saga_coordinator.saga_view WHERE id = \(id.uuid)").first
                .flatMap { SagaStatus(rawValue: try $0("status")) }
        }
    }

    static func find(
        name: String, key: String, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> SagaRecord? {
        try await readOne("WHERE name = \(name) AND key = \(key)", in: workspaceID, pool)
    }

    private static func readOne(
        _ selection: SQL, run: Int? = nil, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> SagaRecord? {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            guard var saga = try await read(selection, run: run, in: database).first else { return nil }
            saga.mailbox = try await MailReader.unconsumed(of: saga, in: database)
            saga.effects = try await SagaEffects.read(of: saga, run: run ?? saga.run, in: database)
            return saga
        }
    }

    private static func read(
        _ selection: SQL, run: Int? = nil, in database: PostgresTransaction
    ) async throws -> [SagaRecord] {
        let sagas = try await database.query(
            """
            SELECT id, name, key, run, subject, status, business_status, waiting_kind, waiting_name, waiting_since,
                waiting_until, input, output, error, stuck_reason, pivoted, compensation, attributes, paused_at,
                build_id, former_builds, started_at, updated_at
            FROM saga_coordinator.saga_view \(selection)
            """
        ).map(SagaRecord.init)
        guard !sagas.isEmpty else { return [] }
        let steps = try await steps(of: sagas, run: run, in: database)
        return sagas.map { saga in
            var saga = saga
            saga.steps = (steps[saga.id.uuid] ?? []).sorted(by: SagaRecord.Step.inOrder)
            return saga
        }
    }

    /// Those of the run, or of the current runs.
    private static func steps(
        of sagas: [SagaRecord], run: Int?, in database: PostgresTransaction
    ) async throws -> [UUID: [SagaRecord.Step]] {
        let runs = sagas.map { run ?? $0.run }
        let rows = try await database.query(
            """
            SELECT saga_id, path, kind, name, status, seq, owner, attempt, tries, error, result, undo, trouble, lost,
                event_type, due_at, deadline_at, started_at, finished_at
            FROM saga_coordinator.step_view JOIN unnest(\(sagas.map(\.id.uuid)), \(runs)) AS s(id, shown)
                ON saga_id = s.id AND run = s.shown
            """)
        return try rows.reduce(into: [:]) { steps, row in
            steps[try row("saga_id", as: UUID.self), default: []].append(try .init(row))
        }
    }
}

extension SagaRecord.Step {
    /// By seq; what is still under way comes last, and paths decide among equals (`2` before `10`).
    fileprivate static func inOrder(_ left: Self, _ right: Self) -> Bool {
        let (a, b) = (left.rank, right.rank)
        return a == b ? StepPath(left.path) < StepPath(right.path) : a < b
    }

    private var rank: (Int, Int) { (status == "issued" ? 1 : 0, seq ?? .max) }
}
