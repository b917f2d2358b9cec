import Commerce
import Foundation

/// Lets every call through at once: for a caller that is alone with its provider, such as a test.
public struct OpenGate: ProviderGate {
    public init() {}

    public func enter(
        _ lane: GateLane, cost: Double, priority: CallPriority
    ) async throws(ProviderFailure) -> GatePass {
        GatePass(lane: lane, lease: UUIDv7.make(), isAwaited: false)
    }

    public func leave(_ pass: GatePass, _ report: CallReport) async {}
    public func renew(_ pass: GatePass) async {}
}
