extension LifeCycle where State == WarrantyStatus, Event == WarrantyEvent {
    /// The life of a claim from the request to the repaired, replaced or refunded goods.
    public static let warrantyClaim = LifeCycle(
        initial: .requested,
        transitions: decision + review + way + bench + remedies + money)

    private static let anyone: Set<LifeCycleActor> = [.system, .staff, .customer, .agent]

    private static var decision: [Transition] {
        [
            Transition(.requested, .checkCoverage, .coverageCheck, by: [.system]),
            Transition(.requested, .cancel, .cancelled, by: anyone),

            Transition(.coverageCheck, .approve, .approved, by: [.system]),
            Transition(.coverageCheck, .review, .inReview, by: [.system]),
            Transition(.coverageCheck, .reject, .rejected, by: [.system]),
            Transition(.coverageCheck, .cancel, .cancelled, by: anyone),
        ]
    }

    /// A person sends the claim to where it has to go on: before its goods are here to the label, after that to a remedy.
    private static var review: [Transition] {
        [
            Transition(.inReview, .approve, .approved, by: [.staff]),
            Transition(.inReview, .inspect, .inspected, by: [.staff]),
            Transition(.inReview, .reject, .rejected, by: [.staff]),
            // A parcel that was missed has come in.
            Transition(.inReview, .receive, .received, by: [.system, .staff]),
            Transition(.inReview, .cancel, .cancelled, by: [.system, .staff]),
        ]
    }

    private static var way: [Transition] {
        [
            Transition(.approved, .labelSent, .labelSent, by: [.system]),
            Transition(.approved, .pickUp, .inTransit, by: [.system]),
            Transition(.approved, .receive, .received, by: [.system, .staff]),
            Transition(.approved, .review, .inReview, by: [.system]),
            // WHY: what does not come back is helped with at once.
            Transition(.approved, .replace, .replaced, by: [.system]),
            Transition(.approved, .requestRefund, .refundPending, by: [.system]),
            Transition(.approved, .cancel, .cancelled, by: anyone),
            Transition(.approved, .expire, .expired, by: [.system]),

            Transition(.labelSent, .pickUp, .inTransit, by: [.system]),
            Transition(.labelSent, .receive, .received, by: [.system, .staff]),
            Transition(.labelSent, .review, .inReview, by: [.system]),
            Transition(.labelSent, .cancel, .cancelled, by: anyone),
            Transition(.labelSent, .expire, .expired, by: [.system]),

            Transition(.inTransit, .receive, .received, by: [.system, .staff]),
            Transition(.inTransit, .review, .inReview, by: [.system]),
            Transition(.inTransit, .cancel, .cancelled, by: [.system, .staff]),
        ]
    }

    private static var bench: [Transition] {
        [
            // The rest of the goods, in another parcel.
            Transition(.received, .receive, .received, by: [.system, .staff]),
            Transition(.received, .inspect, .inspected, by: [.staff]),
            Transition(.received, .review, .inReview, by: [.system, .staff]),
            Transition(.received, .cancel, .cancelled, by: [.system]),

            Transition(.inspected, .startRepair, .inRepair, by: [.system]),
            Transition(.inspected, .replace, .replaced, by: [.system]),
            Transition(.inspected, .requestRefund, .refundPending, by: [.system]),
            Transition(.inspected, .review, .inReview, by: [.system]),
            Transition(.inspected, .cancel, .cancelled, by: [.system]),
        ]
    }

    private static var remedies: [Transition] {
        [
            Transition(.inRepair, .repair, .repaired, by: [.staff]),
            Transition(.inRepair, .giveUpRepair, .inspected, by: [.staff]),
            Transition(.inRepair, .cancel, .cancelled, by: [.system]),

            Transition(.repaired, .close, .closed, by: [.system]),
            Transition(.replaced, .close, .closed, by: [.system]),
        ]
    }

    private static var money: [Transition] {
        [
            Transition(.refundPending, .refundSucceeded, .refunded, by: [.system]),
            Transition(.refundPending, .refundFailed, .inReview, by: [.system]),

            Transition(.refunded, .refundFailed, .inReview, by: [.system]),
            Transition(.refunded, .close, .closed, by: [.system]),
        ]
    }
}

/// The table of a claim's states.
public typealias WarrantyLifeCycle = LifeCycle<WarrantyStatus, WarrantyEvent>
