import Commerce
import Logging
import Metrics
import Providers

/// Tells people of the gates: metrics by account, and an alert when calls begin to be held back.
struct GateWatch: Sendable {
    let workspaceID: WorkspaceID
    let logger: Logger

    func entered(_ lane: GateLane, _ priority: CallPriority, after wait: Duration) {
        let labels = [("account", lane.account), ("priority", "\(priority)")]
        Timer(label: "provider_gate_wait_seconds", dimensions: labels).record(duration: wait)
    }

    func sentAway(_ lane: GateLane, _ reason: GateReason) {
        Counter(
            label: "provider_gate_sent_away_total",
            dimensions: [("account", lane.account), ("reason", reason.rawValue)]
        ).increment()
    }

    func breaker(of lane: GateLane, _ change: Breaker.Change) {
        let metadata: Logger.Metadata = [
            "workspace_id": "\(workspaceID)", "account": "\(lane.account)", "breaker": "\(change.rawValue)",
        ]
        Counter(
            label: "provider_gate_breaker_changes_total",
            dimensions: [("account", lane.account), ("change", change.rawValue)]
        ).increment()
        Gauge(label: "provider_gate_breaker_open", dimensions: [("account", lane.account)])
            .record(change == .closed ? 0 : 1)
        switch change {
        case .opened: logger.error("a provider does not work: calls are held back", metadata: metadata)
        case .reopened: logger.warning("a provider still does not work", metadata: metadata)
        case .closed: logger.notice("a provider works again", metadata: metadata)
        }
    }

    /// The store does not answer. Places expire by themselves.
    func isDeaf(_ lane: GateLane, _ error: any Error) {
        logger.warning(
            "the gate of an account was not reached", metadata: ["account": "\(lane.account)", "error": "\(error)"])
    }
}
