import Foundation
import Providers

/// A circuit breaker: after failures in a row calls are held back, until a single probe finds the provider at work.
public struct Breaker: Sendable, Equatable {
    public enum Phase: String, Sendable, CaseIterable {
        case closed
        case open
        case halfOpen = "half_open"
    }

    public enum Change: String, Sendable {
        case opened, reopened, closed
    }

    public var phase = Phase.closed
    /// Since when calls are held back, or no longer are.
    public var since: Double
    /// Failed calls in a row while closed.
    public var failures = 0
    /// Open: when a probe may go. Half open: until when the probe that is out counts.
    public var probeAt: Double
    public var probe: UUID?
    public var coolSeconds = Self.coolFirst

    private static let coolFirst = 5.0
    private static let coolLongest = 60.0

    public init(at now: Double) {
        since = now
        probeAt = now
    }

    func wait(at now: Double) -> (seconds: Double, reason: GateReason)? {
        guard now < probeAt else { return nil }
        switch phase {
        case .closed: return nil
        case .open: return (probeAt - now, .breakerOpen)
        case .halfOpen: return (1, .breakerHalfOpen)
        }
    }

    mutating func sendProbe(_ lease: UUID, until end: Double) {
        phase = .halfOpen
        probe = lease
        probeAt = end
    }

    mutating func record(
        _ outcome: CallReport.Outcome, of lease: UUID, failuresMax: Int, at now: Double
    ) -> Change? {
        if outcome == .answered || outcome == .limited { failures = 0 }
        switch phase {
        case .closed: return outcome == .failed ? countFailure(failuresMax, at: now) : nil
        case .open: return nil
        case .halfOpen: return lease == probe ? conclude(outcome, at: now) : nil
        }
    }

    private mutating func countFailure(_ failuresMax: Int, at now: Double) -> Change? {
        failures += 1
        guard failures >= failuresMax else { return nil }
        phase = .open
        since = now
        coolSeconds = Self.coolFirst
        probeAt = now + coolSeconds
        return .opened
    }

    private mutating func conclude(_ outcome: CallReport.Outcome, at now: Double) -> Change? {
        switch outcome {
        case .answered, .limited:
            phase = .closed
            since = now
            return .closed
        case .failed:
            phase = .open
            coolSeconds = min(Self.coolLongest, coolSeconds * 2)
            probeAt = now + coolSeconds
            return .reopened
        case .abandoned:
            phase = .open
            probeAt = now
            return nil
        }
    }
}
