/// A return of the demonstration: one unit of a delivered order, and what is to become of it.
struct DemoReturn: Sendable, Equatable {
    enum Ending: Sendable, Equatable {
        /// It comes back in order, and its money goes back.
        case refunded
        /// It is called off before it is sent; everything done for it is undone.
        case undone
    }

    var title: String
    /// Of an order of the demonstration.
    var orderTitle: String
    var sku: String
    var reason: String
    /// What the customer writes to the helpdesk.
    var words: String
    var ending: Ending
}

extension DemoPlan {
    static let returns: [DemoReturn] = [
        DemoReturn(
            title: "sends the robe back", orderTitle: "one robe", sku: "MIE-ROBE-S", reason: "wrong_size",
            words: "The robe is too small. May I send it back?", ending: .refunded),
        DemoReturn(
            title: "changes her mind about a return", orderTitle: "two slips", sku: "MIE-SLIP-S",
            reason: "changed_mind", words: "I would like to return one of the slips.", ending: .undone),
    ]
}

/// How far one return of the demonstration is. A value: every look at the return gives a new one.
struct DemoReturnProgress: Sendable, Equatable {
    enum Stage: Int, Sendable, CaseIterable, Comparable {
        case asked, approved, label, underWay, received, refunded

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    let plan: DemoReturn
    /// The shop's number of the order.
    let number: String
    let returnID: String
    /// Of the helpdesk.
    let ticketID: String
    var stage = Stage.asked
    var state = DemoProgress.State.underWay
    var isBeingUndone = false
    /// With its currency.
    var amount: String?
    var elapsed = Duration.zero

    init(_ plan: DemoReturn, number: String, returnID: String, ticketID: String) {
        self.plan = plan
        self.number = number
        self.returnID = returnID
        self.ticketID = ticketID
    }

    mutating func see(_ seen: ReturnModel, after elapsed: Duration) {
        guard state == .underWay else { return }
        let before = (stage, state)
        stage = max(stage, Self.stage(of: seen.status))
        if let amount = seen.refund.amount, let currency = seen.refund.currency {
            self.amount = "\(amount) \(currency)"
        }
        state = verdict(seen)
        if before != (stage, state) { self.elapsed = elapsed }
    }

    private static func stage(of status: String) -> Stage {
        switch status {
        case "refunded", "closed": .refunded
        case "received", "inspected", "refund_pending": .received
        case "in_transit": .underWay
        case "label_sent": .label
        case "approved", "label_pending": .approved
        default: .asked
        }
    }

    private func verdict(_ seen: ReturnModel) -> DemoProgress.State {
        if let reason = seen.statusReason, seen.status == "in_review" || reason.code.hasPrefix("saga_") {
            return .wrong("\(seen.status): \(reason.code): \(reason.message)")
        }
        switch (plan.ending, seen.status) {
        case (.refunded, "refunded"):
            return seen.refund.status == "succeeded" ? .done : .underWay
        case (.undone, "cancelled"):
            return seen.label?.voided == true ? .done : .underWay
        case (_, "rejected"), (_, "expired"), (.refunded, "cancelled"), (.undone, "refunded"):
            return .wrong("it is \(seen.status)")
        default: return .underWay
        }
    }
}
