import Commerce
import Providers

/// A leaky bucket seen from the caller: tokens to call with, refilled at a steady rate.
///
/// Tokens may go below zero: they are promised to callers that wait for them, in the order in which they asked.
public struct Bucket: Sendable, Equatable {
    public var tokens: Double
    public var refilledAt: Double

    public init(tokens: Double, at now: Double) {
        self.tokens = tokens
        refilledAt = now
    }

    public mutating func refill(_ rate: GateLimits.Rate?, at now: Double) {
        if let rate { tokens = min(rate.burst, tokens + max(0, now - refilledAt) * rate.perSecond) }
        refilledAt = max(now, refilledAt)
    }

    func wait(for demand: Demand, rate: GateLimits.Rate) -> Double {
        max(0, (demand.reserve + demand.cost - tokens) / rate.perSecond)
    }

    /// What a call takes, and what it must leave for those who go before it.
    struct Demand {
        let cost: Double
        let reserve: Double
        let patience: Double

        init(_ request: GateRequest, rate: GateLimits.Rate) {
            cost = min(request.cost, rate.burst)
            reserve = min(rate.burst - cost, rate.burst * request.priority.reserve)
            // WHY: promises to those behind may use up half of the reserve, so that those before find the other half.
            let digging = request.priority == .continuing ? .infinity : reserve / 2 / rate.perSecond
            patience = min(request.patience, digging)
        }
    }
}

extension CallPriority {
    /// The part of a bucket that is kept for those before.
    fileprivate var reserve: Double {
        switch self {
        case .continuing: 0
        case .customer: 0.1
        case .bulk: 0.25
        }
    }
}
