import Commerce
import Foundation
import Postgres

/// `effects`: one row per intent, written before the provider hears of it.
enum EffectStore {
    struct Identity: Sendable {
        var workspaceID: WorkspaceID
        var key: String
    }

    /// Writes the intent if it is new, and locks its row.
    static func open(
        _ identity: Identity, kind: EffectKind, request: RawJSON, in database: PostgresTransaction
    ) async throws -> EffectRecord {
        try await database.execute(
            """
            INSERT INTO effects (workspace_id, key, provider, operation, request)
            VALUES (\(identity.workspaceID.uuid), \(identity.key), \(kind.provider), \(kind.operation),
                    \(JSONB(request)))
            ON CONFLICT (workspace_id, key) DO NOTHING
            """)
        let row = try await database.query(
            """
            SELECT state, attempt, command_key, lease_until > now() AS leased, reply, error,
                   (extract(epoch FROM now() - coalesce(called_at, created_at)) * 1000)::bigint AS since_ms
            FROM effects WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key) FOR UPDATE
            """)[0]
        return EffectRecord(
            state: EffectState(rawValue: try row("state")) ?? .unknown,
            attempt: try row("attempt"),
            commandKey: try row("command_key"),
            leaseIsLive: try row("leased", as: Bool?.self) ?? false,
            sinceLastCall: .milliseconds(try row("since_ms", as: Int.self)),
            reply: try row("reply", as: JSONB?.self).map { RawJSON(bytes: $0.bytes) },
            error: try row("error", as: JSONB?.self)?.decode(Refusal.self))
    }

    /// - Parameter calls: whether the provider's effect may come about: a probe leaves `called_at` alone.
    static func lease(
        _ identity: Identity, commandKey: String, calls: Bool, leaseSeconds: Int, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            UPDATE effects SET state = 'calling', command_key = \(commandKey), attempt = attempt + 1,
                lease_until = now() + make_interval(secs => \(Double(leaseSeconds))),
                called_at = CASE WHEN \(calls) THEN now() ELSE called_at END, updated_at = now()
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key)
            """)
    }

    static func renew(
        _ identity: Identity, leaseSeconds: Int, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            UPDATE effects SET lease_until = now() + make_interval(secs => \(Double(leaseSeconds)))
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key) AND state = 'calling'
            """)
    }

    /// What is done stays done: a call that lost its lease cannot reopen what another has settled.
    static func close(
        _ identity: Identity, state: EffectState, outcome: RawJSON? = nil, reply: RawJSON? = nil,
        error: Refusal? = nil, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            UPDATE effects SET state = \(state.rawValue), lease_until = NULL, updated_at = now(),
                outcome = coalesce(\(outcome.map(JSONB.init)), outcome), reply = coalesce(\(reply.map(JSONB.init)), reply),
                error = \(try error.map { try JSONB(encoding: $0) })
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key)
                AND (\(state == .done) OR state <> 'done')
            """)
    }
}
