import Commerce
import Foundation
import Postgres

/// A gate as people see it.
public struct GateSummary: Sendable, Encodable {
    public var account: String
    public var slots: Int?
    public var slotsTaken: Int
    public var perSecond: Double?
    public var burst: Double?
    public var tokens: Double?
    /// `closed`, `open` or `half_open`.
    public var breaker: String
    public var breakerSince: Date
    /// Failed calls in a row.
    public var failures: Int
    public var blockedUntil: Date?
    public var customersWaitUntil: Date?
    public var bulkWaitsUntil: Date?
}

extension GateSummary {
    /// The gates of a workspace that were ever called through, by account.
    public static func all(of workspaceID: WorkspaceID, in pool: PostgresPool) async throws -> [GateSummary] {
        try await pool.read(
            """
            SELECT account, slots, slots_taken, per_second, burst, tokens, breaker, breaker_since, failures,
                   blocked_until, customers_wait_until, bulk_waits_until
            FROM providers.gate_view WHERE workspace_id = \(workspaceID.uuid) ORDER BY account
            """, workspace: workspaceID.uuid
        ).map(GateSummary.init)
    }

    private init(_ row: PostgresRow) throws {
        account = try row("account")
        slots = try row("slots")
        slotsTaken = try row("slots_taken")
        perSecond = try row("per_second")
        burst = try row("burst")
        tokens = try row("tokens")
        breaker = try row("breaker")
        breakerSince = try row("breaker_since")
        failures = try row("failures")
        blockedUntil = try row("blocked_until")
        customersWaitUntil = try row("customers_wait_until")
        bulkWaitsUntil = try row("bulk_waits_until")
    }
}
