import Commerce
import Contracts
import Messaging
import Sagas

/// What becomes of the subscription that the goods came from.
extension ReturnSaga {
    /// What is refused, as a subscription that nobody knows, a person sees to: with a yes the return goes on without it.
    func changeSubscription(
        _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        if plan.cancelsSubscription { try cancel(id, plan, &areHere, saga) }
        guard let delay = plan.chargeDelay, try saga.patched("charges-are-put-off"),
            let date = try nextCharge(id, plan, &areHere, saga)
        else { return }
        switch delay {
        case .skip: try skip(date, id, plan, &areHere, saga)
        case .pause(let days): try pause(date, days, id, plan, &areHere, saga)
        }
    }

    /// The same for goods that the customer keeps: no label goes before it.
    func changeSubscriptionOfKept(_ id: ReturnID, _ plan: ReturnPlan, _ saga: SagaContext) throws {
        let isAsked = plan.cancelsSubscription || plan.chargeDelay != nil
        guard try isAsked && saga.patched("kept-goods-change-subscription") else { return }
        var areHere = false
        try changeSubscription(id, plan, &areHere, saga)
    }

    private func cancel(
        _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        let command = CancelReturnSubscription(returnID: id)
        func restoration(_ reply: CancelReturnSubscription.Reply) -> RestoreReturnSubscription? {
            reply.byUs ? RestoreReturnSubscription(returnID: id, nextChargeDate: reply.nextChargeDate) : nil
        }
        guard try saga.patched("refused-cancellation-is-reviewed") else {
            try saga.perform(command, undo: restoration)
            return
        }
        if case .refused(let refusal) = try saga.attempt(command, undo: restoration) {
            try ask(about: refusal, id, plan, &areHere, saga)
        }
    }

    /// The day of the charge to put off; nil where there is none.
    private func nextCharge(
        _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws -> String? {
        switch try saga.attempt(ReadReturnSubscription(returnID: id)) {
        case .accepted(let subscription): return subscription.nextChargeDate
        case .timedOut: return nil
        case .refused(let refusal):
            try ask(about: refusal, id, plan, &areHere, saga)
            return nil
        }
    }

    private func skip(
        _ date: String, _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        func restoration(_ reply: SkipReturnCharge.Reply) -> UnskipReturnCharge? {
            reply.byUs ? UnskipReturnCharge(returnID: id, chargeDate: date) : nil
        }
        let skipped = try saga.attempt(SkipReturnCharge(returnID: id, chargeDate: date), undo: restoration)
        if case .refused(let refusal) = skipped { try ask(about: refusal, id, plan, &areHere, saga) }
    }

    private func pause(
        _ date: String, _ days: Int, _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        func restoration(_ reply: PauseReturnSubscription.Reply) -> ResumeReturnSubscription? {
            reply.pausedUntil.map { ResumeReturnSubscription(returnID: id, chargeDate: date, pausedUntil: $0) }
        }
        let command = PauseReturnSubscription(returnID: id, chargeDate: date, days: days)
        let paused = try saga.attempt(command, undo: restoration)
        if case .refused(let refusal) = paused { try ask(about: refusal, id, plan, &areHere, saga) }
    }
}
