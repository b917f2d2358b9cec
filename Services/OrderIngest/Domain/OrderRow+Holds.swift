import Commerce
import Foundation
import Messaging

extension OrderRow {
    /// Stops the order until somebody releases it.
    mutating func stop(_ reason: Refusal, by actor: String, at now: Date) {
        hold = OrderHold(code: reason.code, reason: reason.message, actor: actor, at: now)
        self.reason = reason
        status = .onHold
    }

    /// Shows what a check found: the obstacle, or that there is none any more.
    mutating func show(_ obstacle: Refusal?, hasSalesOrder: Bool) {
        if let obstacle {
            status = .onHold
            reason = obstacle
        } else if status == .onHold {
            release(hasSalesOrder: hasSalesOrder)
        }
    }

    /// Takes every hold away: the order is where its facts say it is.
    mutating func release(hasSalesOrder: Bool) {
        hold = nil
        reason = nil
        status = hasSalesOrder ? .pendingFulfillment : .received
    }

    /// Whether the shop called the order off while its saga was under way.
    var isCalledOff: Bool { hold != nil && hold?.code != OrderHold.manual }
}
