extension LifeCycle where State == RefundStatus, Event == RefundEvent {
    /// The life of a refund. Nothing downstream is posted before it has succeeded.
    public static let refund = LifeCycle(
        initial: .requested,
        transitions: [
            Transition(.requested, .submit, .pending, by: [.system]),
            // A refund of nothing, one made by hand in the shop, or a provider that answers at once.
            Transition(.requested, .succeed, .succeeded, by: [.system]),
            Transition(.requested, .fail, .failed, by: [.system]),
            Transition(.requested, .requireAction, .requiresAction, by: [.system]),
            Transition(.requested, .withdraw, .failed, by: [.system, .staff]),

            Transition(.pending, .succeed, .succeeded, by: [.system]),
            Transition(.pending, .fail, .failed, by: [.system]),
            Transition(.pending, .requireAction, .requiresAction, by: [.system]),

            Transition(.requiresAction, .resume, .pending, by: [.system, .staff]),
            Transition(.requiresAction, .succeed, .succeeded, by: [.system]),
            Transition(.requiresAction, .fail, .failed, by: [.system]),
            Transition(.requiresAction, .withdraw, .failed, by: [.system, .staff]),

            Transition(.succeeded, .reverse, .failed, by: [.system]),

            Transition(.failed, .retry, .requested, by: [.system, .staff]),
            // A late answer of the provider to a request that was taken for lost.
            Transition(.failed, .succeed, .succeeded, by: [.system]),
        ])
}

/// The table of a refund's states.
public typealias RefundLifeCycle = LifeCycle<RefundStatus, RefundEvent>
