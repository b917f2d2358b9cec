import Foundation

/// The life of one effect: pure decisions over its row.
public enum EffectState: String, Sendable, CaseIterable {
    case planned, calling, done, refused, unknown
}

/// An `effects` row as the plan finds it, under its lock.
package struct EffectRecord: Sendable {
    package var state: EffectState
    package var attempt: Int
    /// The command attempt that was refused, to tell its redelivery from an operator's retry.
    package var commandKey: String?
    package var leaseIsLive: Bool
    /// Database time since the last call ended, or can have ended at the latest.
    package var sinceLastCall: Duration
    package var reply: RawJSON?
    package var error: Refusal?

    package init(
        state: EffectState, attempt: Int, commandKey: String?, leaseIsLive: Bool, sinceLastCall: Duration,
        reply: RawJSON?, error: Refusal?
    ) {
        self.state = state
        self.attempt = attempt
        self.commandKey = commandKey
        self.leaseIsLive = leaseIsLive
        self.sinceLastCall = sinceLastCall
        self.reply = reply
        self.error = error
    }
}

package enum EffectDecision: Equatable {
    case call
    /// Look first. If nothing is there: call when `absenceCounts`, else look again after `wait`.
    case probe(absenceCounts: Bool, wait: Duration)
    case answerDone
    case answerRefused
    /// Somebody else's call, or look, is in flight.
    case busy
}

extension EffectRecord {
    package func decide(commandKey: String, recovery: EffectRecovery) -> EffectDecision {
        switch state {
        case .planned: .call
        case .done: .answerDone
        case .refused: commandKey == self.commandKey ? .answerRefused : .call
        case .calling, .unknown: leaseIsLive ? .busy : recover(recovery)
        }
    }

    private func recover(_ recovery: EffectRecovery) -> EffectDecision {
        switch recovery {
        case .sendAgain:
            return .call
        case .probe(let settleTime):
            let wait = settleTime - sinceLastCall
            return .probe(absenceCounts: wait <= .zero, wait: max(wait, .zero))
        }
    }
}
