import Commerce
import Foundation
import Postgres

/// The sagas a verb on many goes to, as they were when it was counted.
struct SagaSelection: Sendable {
    let filter: SagaFilter
    let workspaceID: WorkspaceID
    let pool: PostgresPool

    struct Extent: Sendable {
        var count: Int
        /// The last change of any of them: what changes later was not counted, and is left alone.
        var changedBy: Date?
    }

    func extent() async throws -> Extent {
        let row = try await pool.query(
            """
            SELECT count(*) AS count, max(updated_at) AS changed
            FROM saga_coordinator.saga_view WHERE \(filter.conditions.allOf)
            """, workspace: workspaceID.uuid
        )[0]
        return Extent(count: try row("count"), changedBy: try row("changed"))
    }

    /// The first few.
    func sample(_ count: Int) async throws -> [SagaID] {
        try await pool.query(
            """
            SELECT id FROM saga_coordinator.saga_view WHERE \(filter.conditions.allOf)
            ORDER BY id LIMIT \(count)
            """, workspace: workspaceID.uuid
        ).map { SagaID(uuid: try $0("id")) }
    }

    /// In the order of their ids, so that what a verb does to them does not move the pages.
    func page(after id: UUID, changedBy: Date, limit: Int) async throws -> [SagaID] {
        try await pool.query(
            """
            SELECT id FROM saga_coordinator.saga_view
            WHERE \((filter.conditions + ["updated_at <= \(changedBy)", "id > \(id)"]).allOf)
            ORDER BY id LIMIT \(limit)
            """, workspace: workspaceID.uuid
        ).map { SagaID(uuid: try $0("id")) }
    }
}
