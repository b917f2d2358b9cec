import Commerce
import Foundation
import Postgres
import Providers

/// The gates of one workspace in `providers.gates`. Each step is one statement; no lock outlives it.
struct PostgresGateStore: GateStore {
    let pool: PostgresPool
    let workspaceID: WorkspaceID
    /// The moment at which the database decides; nil is its own now. For tests.
    var moment: @Sendable () -> Date? = { nil }

    func enter(_ lane: GateLane, _ request: GateRequest) async throws -> GateAnswer {
        let limits = lane.limits
        let row = try await pool.query(
            """
            SELECT verdict, reason, wait, tokens_left, failed::bigint AS failed, awaited FROM providers.enter(
                \(workspaceID.uuid), \(lane.account), \(limits.slots)::integer, \(limits.rate?.perSecond),
                \(limits.rate?.burst), \(limits.failuresMax)::integer, \(request.lease),
                \(request.priority.rawValue)::integer, \(request.cost), \(request.patience), \(GateState.leaseSeconds),
                \(moment()))
            """, workspace: workspaceID.uuid)[0]
        return GateAnswer(
            try Self.verdict(row), tokensLeft: try row("tokens_left"), failures: try row("failed", as: Int.self),
            isAwaited: try row("awaited", as: Bool?.self) ?? false)
    }

    func leave(_ pass: GatePass, _ report: CallReport, took seconds: Double) async throws -> Breaker.Change? {
        let change: String? = try await pool.query(
            """
            SELECT providers.leave(
                \(workspaceID.uuid), \(pass.lane.account), \(pass.lease), \(report.outcome.rawValue),
                \(report.tokensLeft), \(report.retryAfter?.inSeconds), \(seconds), \(moment())) AS change
            """, workspace: workspaceID.uuid)[0]("change")
        return change.flatMap(Breaker.Change.init(rawValue:))
    }

    func renew(_ pass: GatePass) async throws {
        _ = try await pool.query(
            """
            SELECT providers.renew(
                \(workspaceID.uuid), \(pass.lane.account), \(pass.lease), \(GateState.leaseSeconds), \(moment()))::text
            """, workspace: workspaceID.uuid)
    }

    private static func verdict(_ row: PostgresRow) throws -> GateVerdict {
        let wait: Double = try row("wait")
        let reason = GateReason(rawValue: try row("reason", as: String?.self) ?? "") ?? .rate
        switch try row("verdict", as: String.self) {
        case "granted": return .granted(after: wait)
        case "again": return .again(after: wait, reason)
        default: return .later(after: wait, reason)
        }
    }
}
