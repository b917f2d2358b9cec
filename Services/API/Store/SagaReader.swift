import Commerce
import Foundation
import Postgres

/// Sagas with their steps, from the coordinator's views.
enum SagaReader {
    struct Filter: Sendable {
        var subject: String?
        var name: String?
        var status: String?
        var waitingOn: String?
        var text: String?
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<SagaRecord> {
        let condition = (filter.conditions + [page.condition(time: "updated_at")]).allOf
        let sagas = try await read(
            "WHERE \(condition) ORDER BY updated_at DESC, id DESC LIMIT \(page.limit + 1)", in: workspaceID, pool)
        return Page(rows: sagas, limit: page.limit) { Cursor(time: $0.updatedAt, id: $0.id.uuid) }
    }

    static func find(_ id: SagaID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> SagaRecord? {
        try await read("WHERE id = \(id.uuid)", in: workspaceID, pool).first
    }

    static func find(
        name: String, key: String, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> SagaRecord? {
        try await read("WHERE name = \(name) AND key = \(key)", in: workspaceID, pool).first
    }

    private static func read(
        _ selection: SQL, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [SagaRecord] {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            let sagas = try await database.query(
                """
                SELECT id, name, key, run, subject, status, business_status, waiting_kind, waiting_name, waiting_since,
                    waiting_until, input, output, error, stuck_reason, pivoted, started_at, updated_at
                FROM saga_coordinator.saga_view \(selection)
                """
            ).map(SagaRecord.init)
            guard !sagas.isEmpty else { return [] }
            let steps = try await steps(of: sagas, in: database)
            return sagas.map { saga in
                var saga = saga
                saga.steps = steps[saga.id.uuid] ?? []
                return saga
            }
        }
    }

    /// Those of the current runs, in the order in which they began.
    private static func steps(
        of sagas: [SagaRecord], in database: PostgresTransaction
    ) async throws -> [UUID: [SagaRecord.Step]] {
        let rows = try await database.query(
            """
            SELECT saga_id, path, kind, name, status, attempt, tries, error, result, undo, started_at, finished_at
            FROM saga_coordinator.step_view JOIN unnest(\(sagas.map(\.id.uuid)), \(sagas.map(\.run))) AS s(id, current)
                ON saga_id = s.id AND run = s.current
            ORDER BY \(unsafeRaw: order)
            """)
        return try rows.reduce(into: [:]) { steps, row in
            steps[try row("saga_id", as: UUID.self), default: []].append(try .init(row))
        }
    }

    /// By seq; what is still under way comes last, and paths decide among equals (`2` before `10`).
    private static let order = "status = 'issued', seq NULLS LAST, string_to_array(path, '/')::int[]"
}

extension SagaReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let subject { conditions.append("subject = \(subject)") }
        if let name { conditions.append("name = \(name)") }
        if let status { conditions.append("status = \(status)") }
        if let waitingOn { conditions.append("(waiting_name = \(waitingOn) OR waiting_kind = \(waitingOn))") }
        if let text {
            conditions.append("concat_ws(' ', key, subject, name, business_status) ILIKE \(text.anywhere)")
        }
        return conditions
    }
}
