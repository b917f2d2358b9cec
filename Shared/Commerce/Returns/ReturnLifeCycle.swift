extension LifeCycle where State == ReturnStatus, Event == ReturnEvent {
    /// The life of a return from the request to the refund or exchange.
    public static let goodsReturn = LifeCycle(
        initial: .requested,
        transitions: decision + review + way + warehouse + money + ended)

    private static let anyone: Set<LifeCycleActor> = [.system, .staff, .customer, .agent]

    private static var decision: [Transition] {
        [
            Transition(.requested, .checkEligibility, .eligibilityCheck, by: [.system]),
            Transition(.requested, .cancel, .cancelled, by: anyone),

            Transition(.eligibilityCheck, .approve, .approved, by: [.system]),
            Transition(.eligibilityCheck, .review, .inReview, by: [.system]),
            Transition(.eligibilityCheck, .reject, .rejected, by: [.system]),
            Transition(.eligibilityCheck, .cancel, .cancelled, by: anyone),
        ]
    }

    /// A person sends the return back to where it has to go on.
    private static var review: [Transition] {
        [
            Transition(.inReview, .approve, .approved, by: [.staff]),
            Transition(.inReview, .reject, .rejected, by: [.staff]),
            Transition(.inReview, .receive, .received, by: [.system, .staff]),
            Transition(.inReview, .inspect, .inspected, by: [.staff]),
            Transition(.inReview, .requestRefund, .refundPending, by: [.staff]),
            Transition(.inReview, .close, .closed, by: [.staff]),
            Transition(.inReview, .cancel, .cancelled, by: anyone),
        ]
    }

    private static var way: [Transition] {
        [
            Transition(.approved, .requestLabel, .labelPending, by: [.system]),
            Transition(.approved, .labelSent, .labelSent, by: [.system, .staff]),
            Transition(.approved, .receive, .received, by: [.system, .staff]),
            // WHY: what the customer may keep is refunded, or exchanged, without coming back.
            Transition(.approved, .requestRefund, .refundPending, by: [.system, .staff]),
            Transition(.approved, .exchange, .exchanged, by: [.system]),
            // What is kept may be worth nothing, too.
            Transition(.approved, .close, .closed, by: [.system]),
            Transition(.approved, .review, .inReview, by: [.system, .staff]),
            Transition(.approved, .cancel, .cancelled, by: anyone),
            Transition(.approved, .expire, .expired, by: [.system]),

            Transition(.labelPending, .labelSent, .labelSent, by: [.system, .staff]),
            Transition(.labelPending, .receive, .received, by: [.system, .staff]),
            Transition(.labelPending, .review, .inReview, by: [.system, .staff]),
            Transition(.labelPending, .cancel, .cancelled, by: anyone),
            Transition(.labelPending, .expire, .expired, by: [.system]),

            Transition(.labelSent, .reissueLabel, .labelSent, by: [.staff]),
            Transition(.labelSent, .pickUp, .inTransit, by: [.system]),
            Transition(.labelSent, .receive, .received, by: [.system, .staff]),
            Transition(.labelSent, .review, .inReview, by: [.system, .staff]),
            Transition(.labelSent, .cancel, .cancelled, by: anyone),
            Transition(.labelSent, .expire, .expired, by: [.system]),

            Transition(.inTransit, .receive, .received, by: [.system, .staff]),
            Transition(.inTransit, .review, .inReview, by: [.system, .staff]),
            Transition(.inTransit, .cancel, .cancelled, by: [.staff]),
        ]
    }

    private static var warehouse: [Transition] {
        [
            // The rest of the goods, in another parcel.
            Transition(.received, .receive, .received, by: [.system, .staff]),
            Transition(.received, .inspect, .inspected, by: [.system, .staff]),
            Transition(.received, .review, .inReview, by: [.system, .staff]),

            Transition(.inspected, .requestRefund, .refundPending, by: [.system, .staff]),
            Transition(.inspected, .exchange, .exchanged, by: [.system]),
            Transition(.inspected, .review, .inReview, by: [.system, .staff]),
            // Where the goods give nothing back, there is no refund to wait for.
            Transition(.inspected, .close, .closed, by: [.system, .staff]),
        ]
    }

    private static var money: [Transition] {
        [
            Transition(.refundPending, .refundSucceeded, .refunded, by: [.system]),
            Transition(.refundPending, .refundFailed, .inReview, by: [.system]),
            Transition(.refundPending, .exchange, .exchanged, by: [.system]),

            Transition(.refunded, .refundFailed, .inReview, by: [.system]),
            Transition(.refunded, .exchange, .exchanged, by: [.system]),
            Transition(.refunded, .close, .closed, by: [.system, .staff]),

            Transition(.exchanged, .refundFailed, .inReview, by: [.system]),
            // Called off while its goods were being ordered: a person brings it to its end.
            Transition(.exchanged, .review, .inReview, by: [.system]),
            Transition(.exchanged, .close, .closed, by: [.system, .staff]),
        ]
    }

    private static var ended: [Transition] {
        [
            Transition(.closed, .reopen, .inReview, by: [.staff]),
            Transition(.closed, .refundFailed, .inReview, by: [.system]),
            Transition(.rejected, .reopen, .inReview, by: [.system, .staff]),
            Transition(.cancelled, .reopen, .inReview, by: [.system, .staff]),
            Transition(.expired, .reopen, .inReview, by: [.system, .staff]),
        ]
    }
}

/// The table of a return's states.
public typealias ReturnLifeCycle = LifeCycle<ReturnStatus, ReturnEvent>
