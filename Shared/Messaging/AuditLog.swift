import Commerce
import Foundation
import Postgres

/// One operator or agent action: what, on which thing, why, and what it changed.
public struct AuditEntry: Sendable {
    public var action: String
    public var subject: String
    public var reason: String?
    public var before: RawJSON?
    public var after: RawJSON?

    public init(
        action: String, subject: String, reason: String?, before: RawJSON? = nil, after: RawJSON? = nil
    ) {
        self.action = action
        self.subject = subject
        self.reason = reason
        self.before = before
        self.after = after
    }
}

/// `platform.audit_log`: append-only (services may insert, nobody may change).
public enum AuditLog {
    public static func append(
        _ entry: AuditEntry, actor: String, workspaceID: WorkspaceID, at: Date, in database: PostgresTransaction
    ) async throws {
        // A batch of the coordinator spans workspaces: each row is written as its own workspace, like any other.
        let workspace = workspaceID.uuid.uuidString.lowercased()
        try await database.pipeline([
            "SELECT set_config('stateset.workspace', \(workspace), true)",
            """
            INSERT INTO platform.audit_log (id, workspace_id, at, actor, action, subject, reason, before, after)
            VALUES (\(UUIDv7.make()), \(workspaceID.uuid), \(at), \(actor), \(entry.action), \(entry.subject),
                    \(entry.reason), \(entry.before.map(JSONB.init)), \(entry.after.map(JSONB.init)))
            """,
        ])
    }
}

extension JSONB {
    public init(_ json: RawJSON) {
        self.init(text: json.text)
    }
}
