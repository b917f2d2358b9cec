import Commerce
import Foundation
import Postgres

/// `effects`: one row per intent, written before the provider hears of it.
enum EffectStore {
    struct Identity: Sendable {
        var workspaceID: WorkspaceID
        var key: String
    }

    /// The right to act for an effect, until another takes it. Its number fences off whoever had it before.
    struct Lease: Sendable {
        var identity: Identity
        var attempt: Int
        /// Calls that may have reached the provider, this one included.
        var calls: Int
        /// Whether the provider is called under it; else it is only asked what it has.
        var isCall: Bool
        /// Database time since the intent was written down.
        var age: Duration

        /// An upper bound; nil where no call before this one may have reached the provider.
        var sinceFirstCall: Duration? { calls > (isCall ? 1 : 0) ? age : nil }
    }

    // LIMIT: renewed every 5 s while the call is in flight, so that a killed process costs at most 15 s.
    private static let leaseTime = Duration.seconds(15)

    /// Writes the intent if it is new, and locks its row.
    ///
    /// A call whose holder died can have lasted as long as the lease.
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
                   (extract(epoch FROM now() - greatest(coalesce(called_at, created_at),
                       CASE WHEN state = 'calling' THEN lease_until END)) * 1000)::bigint AS since_ms
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

    /// - Parameter request: what the provider is about to be asked; nil for a probe, which brings about nothing: whoever
    ///   dies in one puts the end of the last call off no further.
    static func lease(
        _ identity: Identity, commandKey: String, calling request: RawJSON?, in database: PostgresTransaction
    ) async throws -> Lease {
        let calls = request == nil ? 0 : 1
        let state = request == nil ? EffectState.unknown : .calling
        let row = try await database.query(
            """
            UPDATE effects SET state = \(state.rawValue), command_key = \(commandKey), attempt = attempt + 1,
                lease_until = now() + \(leaseTime), calls = calls + \(calls)::integer,
                called_at = CASE WHEN \(calls)::integer > 0 THEN now()
                                 WHEN state = 'calling' THEN greatest(called_at, lease_until) ELSE called_at END,
                request = coalesce(\(request.map(JSONB.init)), request), updated_at = now()
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key)
            RETURNING attempt, calls, (extract(epoch FROM now() - created_at) * 1000)::bigint AS age_ms
            """)[0]
        return Lease(
            identity: identity, attempt: try row("attempt"), calls: try row("calls"), isCall: request != nil,
            age: .milliseconds(try row("age_ms", as: Int.self)))
    }

    /// - Throws: ``LeaseLost`` when another has taken over.
    static func renew(_ lease: Lease, in database: PostgresTransaction) async throws {
        try await held(
            database.execute(
                """
                UPDATE effects SET lease_until = now() + \(leaseTime)
                WHERE \(isHeld(lease))
                """))
    }

    /// A call whose outcome is unknown lasted until now: its settle time begins.
    ///
    /// - Throws: ``LeaseLost`` when another has taken over; what it found stands.
    static func close(
        _ lease: Lease, _ closing: EffectClosing, in database: PostgresTransaction
    ) async throws {
        let unsent = closing.wasSent ? 0 : 1
        let endsCall = lease.isCall && closing.state == .unknown
        try await held(
            database.execute(
                """
                UPDATE effects SET lease_until = NULL, updated_at = now(), calls = calls - \(unsent)::integer,
                    called_at = CASE WHEN \(endsCall)::boolean THEN now() ELSE called_at END,
                    state = CASE WHEN \(closing.state.rawValue) = 'planned' AND calls > 1 THEN 'unknown'
                                 ELSE \(closing.state.rawValue) END,
                    outcome = coalesce(\(closing.outcome.map(JSONB.init)), outcome),
                    reply = coalesce(\(closing.reply.map(JSONB.init)), reply),
                    error = \(try closing.error.map { try JSONB(encoding: $0) })
                WHERE \(isHeld(lease))
                """))
    }

    private static func isHeld(_ lease: Lease) -> SQL {
        """
        workspace_id = \(lease.identity.workspaceID.uuid) AND key = \(lease.identity.key)
            AND attempt = \(lease.attempt)::integer AND lease_until IS NOT NULL
        """
    }

    private static func held(_ changed: Int) throws {
        guard changed == 1 else { throw LeaseLost() }
    }
}

/// Another process holds the effect now: what this one has to say comes too late.
struct LeaseLost: Error {}

/// How one holder of an effect leaves it.
struct EffectClosing: Sendable {
    var state: EffectState
    /// Whether a call of this holder may have brought something about, or there was none.
    var wasSent = true
    var outcome: RawJSON?
    var reply: RawJSON?
    var error: Refusal?

    static func done(_ outcome: RawJSON, reply: RawJSON) -> EffectClosing {
        EffectClosing(state: .done, outcome: outcome, reply: reply)
    }

    /// The provider said no: nothing came about.
    static func refused(_ error: Refusal) -> EffectClosing {
        EffectClosing(state: .refused, wasSent: false, error: error)
    }

    /// A call may or may not have brought something about.
    static func unknown(_ error: Refusal?) -> EffectClosing {
        EffectClosing(state: .unknown, error: error)
    }

    /// The call was certainly not applied: as it was before.
    static func unsent(_ error: Refusal?) -> EffectClosing {
        EffectClosing(state: .planned, wasSent: false, error: error)
    }
}
