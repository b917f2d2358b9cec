import Commerce
import Foundation
import Messaging
import Postgres

/// Writes what is done on this command line into the audit log, in the same transaction.
struct AuditTrail: Sendable {
    let actor: String
    let now: Date

    init(_ environment: CLIEnvironment, pool: PostgresPool) async throws {
        let user = environment.variables["USER"] ?? environment.variables["LOGNAME"] ?? "unknown"
        actor = "cli:\(user)"
        now = try await BusinessClock.now(in: pool)
    }

    func append(_ entry: AuditEntry, workspaceID: WorkspaceID, in database: PostgresTransaction) async throws {
        try await AuditLog.append(entry, actor: actor, workspaceID: workspaceID, at: now, in: database)
    }
}
