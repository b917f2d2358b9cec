import Commerce
import Contracts

extension ReturnPlan {
    /// What follows for the saga from the return and the policy it was asked for under.
    init(_ row: ReturnRow, _ policy: ReturnPolicy) {
        self.init(
            orderID: row.orderID, resolution: row.resolution, comesBack: row.units.contains { !$0.stays },
            hasLabel: row.decision.zone?.label != ReturnLabel.none,
            cancelsSubscription: row.subscriptionAction == .cancel,
            reviewSeconds: (policy.reviewSLA ?? .days(1)).wholeSeconds,
            reminderSeconds: policy.reminders.map(\.wholeSeconds).sorted(),
            expirySeconds: (policy.expiry ?? .days(30)).wholeSeconds,
            receiptWaitSeconds: (policy.receiptWait ?? .days(3)).wholeSeconds,
            hasTicket: row.request.helpdesk != nil, chargeDelay: row.chargeDelay(under: policy))
    }
}
