import Commerce
import Foundation
import Logging
import Postgres
import Providers
import Synchronization

/// The gates of all workspaces, as one process sees them; through Postgres all processes share them.
public final class ProviderGates: Sendable {
    private let pool: PostgresPool
    private let logger: Logger
    private let crowds = Mutex<[WorkspaceID: Crowd]>([:])

    public init(pool: PostgresPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    public func gate(of workspaceID: WorkspaceID) -> any ProviderGate {
        let crowd = crowds.withLock { crowds in
            if let known = crowds[workspaceID] { return known }
            let crowd = Crowd()
            crowds[workspaceID] = crowd
            return crowd
        }
        return SharedGate(
            store: PostgresGateStore(pool: pool, workspaceID: workspaceID), crowd: crowd,
            watch: GateWatch(workspaceID: workspaceID, logger: logger))
    }
}
