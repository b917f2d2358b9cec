import Commerce
import Postgres

/// How many sagas there are of each kind.
enum SagaCounts {
    enum Grouping: String, Sendable, CaseIterable {
        case status, name
        case waitingOn = "waiting_on"
        case stuckReason = "stuck_reason"
    }

    struct Count: Sendable {
        var group: String
        var count: Int
    }

    /// The largest first. Sagas that wait for nothing, or are not stuck, are in no group of those kinds.
    static func counts(
        by grouping: Grouping, _ filter: SagaFilter, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [Count] {
        let condition = (filter.conditions + ["\(grouping.column) IS NOT NULL"]).allOf
        return try await pool.query(
            """
            SELECT \(grouping.column) AS value, count(*) AS count
            FROM saga_coordinator.saga_view WHERE \(condition)
            GROUP BY 1 ORDER BY count DESC, value LIMIT \(PageRequest.limitMax)
            """, workspace: workspaceID.uuid
        ).map { row in Count(group: try row("value"), count: try row("count")) }
    }
}

extension SagaCounts.Grouping {
    fileprivate var column: SQL {
        switch self {
        case .status: "status"
        case .name: "name"
        case .waitingOn: "waiting_name"
        case .stuckReason: "stuck_reason"
        }
    }
}

extension SagaCounts.Count {
    var json: JSON { ["group": .string(group), "count": .int(count)] }
}
