import Commerce
import Contracts
import Messaging
import Sagas

/// A return's way: decision, label, parcel, goods, money, word to the customer, books.
///
/// Until money moves everything can be taken back: the label is voided, the authorizations are cancelled, the
/// subscription goes on and the customer is told. After that it only goes forward.
struct ReturnSaga: Saga {
    static let name = "return"
    static let startsOn: SagaStart<ReturnReference>? = SagaStart(ReturnRequested.self, key: \.returnID) {
        ReturnReference(returnID: $0.returnID, orderID: $0.orderID)
    }
    static let events = [
        SagaEvent(ReturnReviewed.self, key: \.returnID),
        SagaEvent(ReturnReceived.self, key: \.returnID),
        SagaEvent(ReturnInspected.self, key: \.returnID),
        SagaEvent(ReturnRefundSettled.self, key: \.returnID),
        SagaEvent(ExchangePaid.self, key: \.returnID),
    ]

    func run(_ saga: SagaContext, _ request: ReturnReference) throws -> ReturnOutcome {
        let id = request.returnID
        let (plan, areHere) = try approve(id, saga)
        var authorizationID: String?
        if plan.comesBack {
            let way = try bringIn(id, plan, areHere: areHere, saga)
            authorizationID = way.authorizationID
            try inspect(id, plan, wereAwaited: way.wereAwaited, saga)
        } else {
            try changeSubscriptionOfKept(id, plan, saga)
        }
        let exchange = plan.resolution == .exchange ? try setAside(id, plan, saga) : nil
        let isPaid = try exchange.flatMap { try awaitPayment(id, $0, plan, saga) }
        // What the customer pays for leaves nothing to give back.
        var payment = isPaid == true ? .nothing(past: false) : try payBack(id, plan, past: false, saga)
        let isExchanged = exchange != nil && isPaid != false
        if let exchange, isExchanged { try letGo(id, exchange, past: payment.refundID != nil, saga) }
        let isTold = try tellRefund(&payment, id, plan, saga)
        if payment.refundID == nil, !isExchanged, try saga.patched("unrefunded-is-told") {
            return try endUnrefunded(id, payment, authorizationID, plan, saga)
        }
        if payment.refundID != nil || isExchanged {
            if plan.comesBack { try saga.restock(id) }
            try keepBooks(id, payment.refundID, isTold: isTold, saga)
            try closeTicket(id, plan, saga)
        }
        let kept = try payment.refundID.flatMap { try watch(id, $0, plan, saga) }
        try saga.perform(CloseReturn(returnID: id))
        saga.status(ReturnStatus.closed)
        return ReturnOutcome(refundID: kept)
    }

    // MARK: Decision

    /// - Returns: whether the goods are here already, too.
    private func approve(_ id: ReturnID, _ saga: SagaContext) throws -> (plan: ReturnPlan, areHere: Bool) {
        saga.status(ReturnStatus.eligibilityCheck)
        let check = try saga.perform(CheckReturn(returnID: id)) { _ in WithdrawReturn(returnID: id) }
        var (plan, areHere) = (check.plan, check.goodsAreHere == true)
        switch check.outcome {
        case .approved: break
        case .rejected: throw check.reason ?? Refusal(code: "rejected", message: "The policy does not take it back.")
        case .inReview:
            let decision = try expectApproval(id, plan, saga)
            areHere = decision.goodsAreHere == true
            if let left = decision.plan, try saga.patched("part-is-approved") { plan = left }
        }
        saga.status(ReturnStatus.approved)
        return (plan, areHere)
    }

    // MARK: Way

    /// - Parameter areHere: whether the goods have come in already, and need neither label nor word.
    /// - Returns: the authorization in the ERP, where there is one, and whether a parcel was waited for.
    private func bringIn(
        _ id: ReturnID, _ plan: ReturnPlan, areHere: Bool, _ saga: SagaContext
    ) throws -> (authorizationID: String?, wereAwaited: Bool) {
        var areHere = areHere
        let mayAsk = try saga.patched("refused-authorization-is-reviewed")
        let authorization = try insist(
            on: AuthorizeReturn(returnID: id), mayAsk: mayAsk, id, plan, &areHere, saga
        ) { reply in
            reply.authorizationID.map { CancelReturnAuthorization(returnID: id, authorizationID: $0) }
        }
        guard !areHere else {
            try changeSubscription(id, plan, &areHere, saga)
            return (authorization?.authorizationID, false)
        }
        try sendLabel(id, plan, &areHere, saga)
        if !areHere { try awaitGoods(id, of: id, plan, saga) }
        return (authorization?.authorizationID, !areHere)
    }

    /// - Parameter areHere: becomes true where goods come in while a person decides; then the rest is left out.
    private func sendLabel(_ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext) throws {
        let mayAsk = try saga.patched("refused-label-is-reviewed")
        try insist(on: AnnounceReturn(returnID: id), mayAsk: mayAsk, id, plan, &areHere, saga) { reply in
            reply.number.map { CancelReturnAnnouncement(returnID: id, number: $0) }
        }
        if plan.hasLabel, !areHere {
            saga.status(ReturnStatus.labelPending)
            try insist(on: BuyReturnLabel(returnID: id), mayAsk: mayAsk, id, plan, &areHere, saga) {
                VoidReturnLabel(returnID: id, labelID: $0.labelID)
            }
        }
        if !areHere { try tellLabel(id, saga) }
        try changeSubscription(id, plan, &areHere, saga)
        guard !areHere else { return }
        try saga.perform(RecordLabelSent(returnID: id))
        saga.status(ReturnStatus.labelSent)
    }

    func ask(
        about refusal: Refusal, _ id: ReturnID, _ plan: ReturnPlan, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        try saga.perform(ReviewReturn(returnID: id, reason: refusal))
        if try expectApproval(id, plan, saga).goodsAreHere == true { areHere = true }
        saga.status(ReturnStatus.approved)
    }

    // MARK: Goods

    /// - Parameter wereAwaited: whether the customer knows that the parcel was expected, and is told that it is here.
    private func inspect(_ id: ReturnID, _ plan: ReturnPlan, wereAwaited: Bool, _ saga: SagaContext) throws {
        saga.status(ReturnStatus.received)
        if wereAwaited, try saga.patched("receipt-is-told") {
            try saga.perform(NotifyReturnCustomer(returnID: id, notice: .returnReceived))
            // WHY: a helpdesk that is away holds up no money; the message is written once it is back.
            _ = try saga.attempt(PostReturnMessage(returnID: id, message: .received), within: .minutes(10))
        }
        var assessment = try saga.perform(AssessReturn(returnID: id, isFinal: false))
        if assessment.verdict == .wait {
            _ = try saga.wait(for: ReturnInspected.self, upTo: .seconds(plan.receiptWaitSeconds)) { $0.isComplete }
            // Grade and match as they are now, not as they were before the wait.
            assessment = try saga.perform(AssessReturn(returnID: id, isFinal: true))
        }
        if assessment.verdict != .refund { try expectApproval(id, plan, saga) }
        saga.status(ReturnStatus.inspected)
    }

    // MARK: Exchange

    /// The new goods are set aside in the shop, and reserved where it agrees. What it refuses, as a SKU that it does not
    /// sell, a person has to put right there; a yes asks it again. Nil where it refuses still, and a person has the old
    /// ones refunded instead.
    private func setAside(_ id: ReturnID, _ plan: ReturnPlan, _ saga: SagaContext) throws -> OpenExchange.Reply? {
        for isLast in [false, true] {
            let opened = try saga.attempt(OpenExchange(returnID: id)) {
                CancelExchange(returnID: id, draftID: $0.draftID)
            }
            var mayAsk = false
            switch opened {
            case .accepted(let exchange): return exchange
            case .timedOut: break
            case .refused(let refusal):
                mayAsk = try saga.patched("refused-exchange-is-asked-again")
                let reason = mayAsk ? refusal.ofExchange(isLast: isLast) : refusal
                try saga.perform(ReviewReturn(returnID: id, reason: reason))
            }
            try expectApproval(id, plan, saga)
            guard mayAsk else { return nil }
            saga.status(plan.comesBack ? ReturnStatus.inspected : .approved)
        }
        return nil
    }

    /// Whether the customer has paid what the new goods cost beyond the old ones; nil where there is nothing to pay. What
    /// stays unpaid for a fortnight is given up, and the old goods are refunded once a person says so.
    private func awaitPayment(
        _ id: ReturnID, _ exchange: OpenExchange.Reply, _ plan: ReturnPlan, _ saga: SagaContext
    ) throws -> Bool? {
        guard !exchange.isPaid else { return nil }
        for _ in 1...14 {
            _ = try saga.wait(for: ExchangePaid.self, upTo: .days(1))
            let order = try saga.perform(CompleteExchange(returnID: id, draftID: exchange.draftID)).orderID
            if order != nil { return true }
        }
        // The customer may have paid since the last look.
        let cancelled = try saga.perform(CancelExchange(returnID: id, draftID: exchange.draftID))
        guard cancelled.orderID == nil else { return true }
        let unpaid = Refusal(
            code: "exchange_unpaid", message: "The customer has not paid what the new goods cost more.")
        try saga.perform(ReviewReturn(returnID: id, reason: unpaid))
        try expectApproval(id, plan, saga)
        return false
    }

    private func letGo(
        _ id: ReturnID, _ exchange: OpenExchange.Reply, past isPastPivot: Bool, _ saga: SagaContext
    ) throws {
        if !isPastPivot { try saga.pivot() }
        try saga.perform(CompleteExchange(returnID: id, draftID: exchange.draftID))
        saga.status(ReturnStatus.exchanged)
        guard case .afterBooks = try tellBeforeBooks(.exchanged, .returnExchanged, of: id, saga) else { return }
        try saga.perform(PostReturnMessage(returnID: id, message: .exchanged))
        if try saga.patched("exchange-is-mailed") {
            try saga.perform(NotifyReturnCustomer(returnID: id, notice: .returnExchanged))
        }
    }

    // MARK: Money

    /// Until the money has arrived, or a person gives up on it.
    private func payBack(
        _ id: ReturnID, _ plan: ReturnPlan, past isPastPivot: Bool, _ saga: SagaContext
    ) throws -> Payment {
        var hasMoved = isPastPivot
        while true {
            switch try saga.attempt(RequestReturnRefund(returnID: id)) {
            case .accepted(let refund):
                guard let refundID = refund.refundID else { return .nothing(past: hasMoved) }
                if !hasMoved { try saga.pivot() }
                hasMoved = true
                saga.status(ReturnStatus.refundPending)
                if try arrived(refundID, saga) {
                    saga.status(ReturnStatus.refunded)
                    if refund.bonus != nil, try saga.patched("bonus-is-granted") {
                        try saga.perform(GrantStoreCreditBonus(refundID: refundID))
                    }
                    return .made(refundID)
                }
            case .refused(let refusal): try saga.perform(ReviewReturn(returnID: id, reason: refusal))
            case .timedOut: continue
            }
            let decision = try review(id, plan, saga)
            guard decision.approved else {
                // What could not be paid stays unpaid; nothing of it was promised.
                if hasMoved { return .givenUp }
                throw Refusal(code: "rejected", message: decision.reason)
            }
        }
    }

    /// One that has failed before its customer heard of it is decided on before anything is written down of it.
    ///
    /// - Returns: whether the customer has heard of the refund that stands, if one does.
    private func tellRefund(
        _ payment: inout Payment, _ id: ReturnID, _ plan: ReturnPlan, _ saga: SagaContext
    ) throws -> Bool {
        while let refund = payment.refundID {
            switch try tellBeforeBooks(.refunded, .returnRefunded, of: id, saga) {
            case .afterBooks: return false
            case .told: return true
            case .failed:
                guard try saga.perform(CheckRefund(refundID: refund)).status == .failed else { return true }
                payment = try review(id, plan, saga).approved ? payBack(id, plan, past: true, saga) : .givenUp
            }
        }
        return false
    }

    // MARK: Books

    /// Only what has happened is written down: this comes after the money.
    /// - Parameter isTold: whether the customer has heard of the refund.
    private func keepBooks(_ id: ReturnID, _ refund: RefundID?, isTold: Bool, _ saga: SagaContext) throws {
        try saga.perform(RecordReturnReceipt(returnID: id))
        try saga.perform(RecordReturnCredit(returnID: id))
        guard let refund else { return }
        try saga.perform(RecordRefundInBooks(refundID: refund))
        guard !isTold else { return }
        try saga.perform(PostReturnMessage(returnID: id, message: .refunded))
        try saga.perform(NotifyReturnCustomer(returnID: id, notice: .returnRefunded))
    }

    /// Nothing is given back: the customer is told, what came in is entered all the same, and the authorization is closed.
    /// What a person gave up on ends as rejected, which tells by itself.
    private func endUnrefunded(
        _ id: ReturnID, _ payment: Payment, _ authorizationID: String?, _ plan: ReturnPlan, _ saga: SagaContext
    ) throws -> ReturnOutcome {
        var (isGivenUp, isTold) = (true, false)
        if case .nothing(let isPastPivot) = payment {
            // WHY: of what was tried before, a part may have arrived, and nobody is told then that nothing has.
            (isGivenUp, isTold) = (false, !isPastPivot)
            if !isPastPivot { try saga.pivot() }
        }
        try saga.perform(CloseReturn(returnID: id))
        let telling = isTold ? try tellBeforeBooks(.unrefunded, .returnUnrefunded, of: id, saga) : nil
        if !isGivenUp {
            if plan.comesBack { try saga.restock(id) }
            try saga.perform(RecordReturnReceipt(returnID: id))
        }
        if let authorizationID {
            try saga.perform(CancelReturnAuthorization(returnID: id, authorizationID: authorizationID))
        }
        if case .afterBooks? = telling {
            try saga.perform(PostReturnMessage(returnID: id, message: .unrefunded))
            try saga.perform(NotifyReturnCustomer(returnID: id, notice: .returnUnrefunded))
        }
        if isTold { try closeTicket(id, plan, saga) }
        saga.status(isGivenUp ? ReturnStatus.rejected : .closed)
        return ReturnOutcome()
    }

    /// A refund may fail days after it had succeeded: until then the return does not rest.
    private func watch(
        _ id: ReturnID, _ refund: RefundID, _ plan: ReturnPlan, _ saga: SagaContext
    ) throws -> RefundID? {
        var refund: RefundID? = refund
        while let current = refund {
            let failure = try saga.wait(for: ReturnRefundSettled.self, upTo: .days(14)) {
                $0.refundID == current && $0.status == .failed
            }
            guard failure != nil else { return current }
            // WHY: the news may be of a failure from before the money arrived after all.
            if try saga.patched("late-failure-is-checked"),
                try saga.perform(CheckRefund(refundID: current)).status != .failed
            {
                continue
            }
            let decision = try review(id, plan, saga)
            refund = decision.approved ? try payBack(id, plan, past: true, saga).refundID : nil
            guard refund != nil else { continue }
            if plan.comesBack { try saga.restockAgain(id) }
            try tellLaterRefund(id, saga)
        }
        return nil
    }
}
