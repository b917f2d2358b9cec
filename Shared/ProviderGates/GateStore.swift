import Foundation
import Providers

/// Keeps the state of the gates, each question and report as one step that no other comes between.
public protocol GateStore: Sendable {
    func enter(_ lane: GateLane, _ request: GateRequest) async throws -> GateAnswer
    func leave(_ pass: GatePass, _ report: CallReport, took seconds: Double) async throws -> Breaker.Change?
    func renew(_ pass: GatePass) async throws
}

public struct GateAnswer: Sendable, Equatable {
    public var verdict: GateVerdict
    public var tokensLeft: Double?
    /// Failed calls in a row before this one.
    public var failures: Int
    /// Whether the caller has to come back and tell how it went.
    public var isAwaited: Bool

    public init(_ verdict: GateVerdict, tokensLeft: Double?, failures: Int, isAwaited: Bool) {
        self.verdict = verdict
        self.tokensLeft = tokensLeft
        self.failures = failures
        self.isAwaited = isAwaited
    }
}
