import Commerce
import Foundation
import Messaging
import Postgres
import Synchronization

/// Which workspaces exist and how much each may receive, held in memory.
///
/// *Guarantees*: a new workspace is known within a second of its first request, a changed rate within ``lifetime``;
/// asking for workspaces that do not exist costs about one query a second.
final class WorkspaceDirectory: Sendable {
    static let lifetime = Duration.seconds(5)
    private static let missLifetime = Duration.seconds(1)

    private struct State {
        var rates: [WorkspaceID: Int] = [:]
        var loadedAt: ContinuousClock.Instant?
    }

    private let pool: PostgresPool
    private let state = Mutex(State())

    init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Webhooks a second the workspace may receive; nil when there is no such workspace.
    func rate(of workspace: WorkspaceID, at now: ContinuousClock.Instant = .now) async throws -> Int? {
        if needsLoad(for: workspace, at: now) { try await load(at: now) }
        return state.withLock { $0.rates[workspace] }
    }

    private func needsLoad(for workspace: WorkspaceID, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard let age = state.loadedAt?.duration(to: now) else { return true }
            return age >= (state.rates[workspace] == nil ? Self.missLifetime : Self.lifetime)
        }
    }

    private func load(at now: ContinuousClock.Instant) async throws {
        let rows = try await pool.query(
            """
            SELECT id, webhook_rate_per_second FROM platform.workspaces WHERE id <> \(WorkspaceID.platform.uuid)
            """)
        let rates = try rows.map { row in
            (WorkspaceID(uuid: try row("id")), try row("webhook_rate_per_second", as: Int.self))
        }
        state.withLock { $0 = State(rates: Dictionary(uniqueKeysWithValues: rates), loadedAt: now) }
    }
}
