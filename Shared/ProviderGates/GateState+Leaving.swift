import Foundation
import Providers

extension GateState {
    /// - Parameter seconds: how long the call took.
    public mutating func leave(
        _ lease: UUID, _ report: CallReport, took seconds: Double, at now: Double
    ) -> Breaker.Change? {
        refresh(at: now)
        leases[lease] = nil
        if limits.rate != nil, let told = report.tokensLeft { bucket.tokens = min(bucket.tokens, told) }
        var block = report.retryAfter?.inSeconds
        switch report.outcome {
        case .answered:
            limited = 0
            callSeconds = callSeconds * 0.8 + seconds * 0.2
        case .limited:
            limited += 1
            if limits.rate != nil { bucket.tokens = min(bucket.tokens, 0) }
            block = block ?? limits.rate.map { 1 / $0.perSecond } ?? min(60, pow(2, Double(min(6, limited - 1))))
        case .failed, .abandoned:
            break
        }
        if let block, block > 0 { blockedUntil = max(blockedUntil ?? 0, now + block) }
        return breaker.record(report.outcome, of: lease, failuresMax: limits.failuresMax, at: now)
    }

    public mutating func renew(_ lease: UUID, at now: Double) {
        guard leases[lease] != nil else { return }
        leases[lease] = now + Self.leaseSeconds
        if breaker.phase == .halfOpen, breaker.probe == lease { breaker.probeAt = now + Self.leaseSeconds }
    }
}

extension Duration {
    var inSeconds: Double { self / .seconds(1) }
}
