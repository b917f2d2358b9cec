import Foundation

/// Business time: what orders, deadlines and windows are judged by.
///
/// In the dev stack it can run ahead of real time. Signatures, tokens, leases and network timeouts use real time.
public protocol WallClock: Sendable {
    var now: Date { get }
}

/// The machine's clock.
public struct SystemClock: WallClock {
    public init() {}

    public var now: Date { Date.now }
}
