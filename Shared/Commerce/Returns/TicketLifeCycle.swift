extension LifeCycle where State == TicketStatus, Event == TicketEvent {
    /// The life of a ticket: of one about a return, and of any other.
    public static let ticket = LifeCycle(
        initial: .open,
        transitions: aboutReturns + aboutGoods + ended + aboutAnything)

    private static let anyone: Set<LifeCycleActor> = [.system, .staff, .customer, .agent]

    private static var aboutReturns: [Transition] {
        [
            Transition(.returnRequested, .checkEligibility, .eligibilityCheck, by: [.system]),
            Transition(.returnRequested, .cancel, .cancelled, by: anyone),

            Transition(.eligibilityCheck, .approve, .approved, by: [.system]),
            Transition(.eligibilityCheck, .review, .inReview, by: [.system]),
            Transition(.eligibilityCheck, .reject, .rejected, by: [.system]),
            Transition(.eligibilityCheck, .cancel, .cancelled, by: anyone),

            Transition(.inReview, .approve, .approved, by: [.staff]),
            Transition(.inReview, .reject, .rejected, by: [.staff]),
            Transition(.inReview, .receiveItem, .itemReceived, by: [.system, .staff]),
            Transition(.inReview, .refund, .refunded, by: [.system]),
            Transition(.inReview, .cancel, .cancelled, by: anyone),
            // WHY: nobody closes a return by hand, or takes it into review: its process would go on without them.
            Transition(.inReview, .close, .closed, by: [.system]),
        ]
    }

    private static var aboutGoods: [Transition] {
        [
            Transition(.approved, .sendLabel, .labelSent, by: [.system, .staff]),
            Transition(.approved, .receiveItem, .itemReceived, by: [.system, .staff]),
            Transition(.approved, .refund, .refunded, by: [.system]),
            // What is exchanged without coming back.
            Transition(.approved, .close, .closed, by: [.system]),
            Transition(.approved, .review, .inReview, by: [.system]),
            Transition(.approved, .cancel, .cancelled, by: anyone),

            Transition(.labelSent, .receiveItem, .itemReceived, by: [.system, .staff]),
            Transition(.labelSent, .review, .inReview, by: [.system]),
            Transition(.labelSent, .cancel, .cancelled, by: anyone),

            // WHY: only the system says `refunded`, for only the ledger knows; nobody sets it by hand.
            Transition(.itemReceived, .refund, .refunded, by: [.system]),
            Transition(.itemReceived, .review, .inReview, by: [.system]),
            Transition(.itemReceived, .close, .closed, by: [.system]),

            Transition(.refunded, .review, .inReview, by: [.system]),
            Transition(.refunded, .close, .closed, by: [.system, .staff]),
        ]
    }

    private static var ended: [Transition] {
        [
            // WHY: an ended return is taken up again by its own verb, which runs its process again.
            Transition(.rejected, .review, .inReview, by: [.system]),
            Transition(.rejected, .close, .closed, by: [.system]),
            Transition(.cancelled, .review, .inReview, by: [.system]),
            Transition(.cancelled, .close, .closed, by: [.system]),
            Transition(.closed, .review, .inReview, by: [.system]),
            Transition(.closed, .reopen, .open, by: [.staff, .customer]),
        ]
    }

    private static var aboutAnything: [Transition] {
        [
            Transition(.open, .ask, .pending, by: [.system, .staff, .agent]),
            Transition(.open, .solve, .solved, by: [.staff, .agent]),
            Transition(.open, .close, .closed, by: [.system, .staff]),

            Transition(.pending, .reply, .open, by: [.system, .customer]),
            Transition(.pending, .solve, .solved, by: [.system, .staff, .agent]),
            Transition(.pending, .close, .closed, by: [.system, .staff]),

            Transition(.solved, .reply, .open, by: [.system, .customer]),
            Transition(.solved, .reopen, .open, by: [.staff, .customer]),
            Transition(.solved, .close, .closed, by: [.system, .staff]),
        ]
    }
}

/// The table of a ticket's states.
public typealias TicketLifeCycle = LifeCycle<TicketStatus, TicketEvent>
