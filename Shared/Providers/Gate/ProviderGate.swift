import Commerce

/// Stands before every call of a workspace's accounts, shared by every process that calls them.
///
/// *Guarantees*: a call that was let in stays within the account's rate and concurrency as far as the calls that come
/// through here use them up.
public protocol ProviderGate: Sendable {
    /// Waits until the call may be made, at most two seconds.
    ///
    /// Failure: `postponed` when it would take longer, or when the provider is down and calls are held back;
    /// `transient` when the gate itself cannot be asked. Nothing was sent in either case.
    func enter(_ lane: GateLane, cost: Double, priority: CallPriority) async throws(ProviderFailure) -> GatePass

    /// Gives the place back and tells what became of the call. Never fails: a place that is not given back expires.
    func leave(_ pass: GatePass, _ report: CallReport) async

    /// Keeps the place of a call that takes long.
    func renew(_ pass: GatePass) async
}

extension ProviderGate {
    /// How often a place is renewed; it expires well after.
    private var renewal: Duration { .seconds(5) }

    /// Renews until cancelled.
    func renewing(_ pass: GatePass) async {
        while (try? await ContinuousClock().sleep(for: renewal)) != nil { await renew(pass) }
    }
}
