import Commerce
import Foundation
import Providers

/// One caller's question.
public struct GateRequest: Sendable, Equatable {
    public var lease: UUID
    public var priority: CallPriority
    public var cost: Double
    /// How long the caller waits at most, in seconds.
    public var patience: Double

    public init(lease: UUID, priority: CallPriority, cost: Double, patience: Double) {
        self.lease = lease
        self.priority = priority
        self.cost = cost
        self.patience = patience
    }
}

extension GateState {
    public mutating func enter(_ request: GateRequest, at now: Double) -> GateVerdict {
        refresh(at: now)
        if let wait = breaker.wait(at: now) { return turnAway(request, wait.seconds, wait.reason, at: now) }
        if let blockedUntil, blockedUntil > now {
            return turnAway(request, blockedUntil - now, .blocked, at: now)
        }
        if let slots = limits.slots, leases.count >= max(1, slots - request.priority.rawValue) {
            let spacing = callSeconds / Double(slots)
            return turnAway(request, min(0.25, max(0.05, spacing)), .slots, spacing: spacing, at: now)
        }
        var wait = 0.0
        if let rate = limits.rate {
            let demand = Bucket.Demand(request, rate: rate)
            wait = bucket.wait(for: demand, rate: rate)
            guard wait <= demand.patience else {
                let spacing = demand.cost / rate.perSecond
                return turnAway(request, wait, .rate, spacing: spacing, patience: demand.patience, at: now)
            }
            bucket.tokens -= demand.cost
        }
        grant(request, until: now + wait + Self.leaseSeconds)
        return .granted(after: wait)
    }

    public mutating func refresh(at now: Double) {
        bucket.refill(limits.rate, at: now)
        leases = leases.filter { $0.value > now }
    }

    private mutating func grant(_ request: GateRequest, until end: Double) {
        let isProbe = breaker.phase != .closed
        if isProbe { breaker.sendProbe(request.lease, until: end) }
        if limits.slots != nil || isProbe { leases[request.lease] = end }
    }

    private mutating func turnAway(
        _ request: GateRequest, _ wait: Double, _ reason: GateReason, spacing: Double = 0, patience: Double? = nil,
        at now: Double
    ) -> GateVerdict {
        guard wait > patience ?? request.patience else { return .again(after: wait, reason) }
        guard spacing > 0 else { return .later(after: wait, reason) }
        return .later(after: turns.take(request.priority, notBefore: now + wait, spacing: spacing, at: now), reason)
    }
}
