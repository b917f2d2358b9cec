import Commerce
import Contracts
import Messaging
import Sagas

/// A warranty claim's way: decision, label, parcel, inspection, and what helps: mended goods, new ones, or the money.
///
/// Until something has helped everything can be taken back: the label is voided, the authorizations are cancelled, the
/// units are free and the customer is told. After that it only goes forward.
struct WarrantySaga: Saga {
    static let name = "warranty"
    static let startsOn: SagaStart<WarrantyReference>? = SagaStart(WarrantyRequested.self, key: \.warrantyID) {
        WarrantyReference(warrantyID: $0.warrantyID)
    }
    static let events = [
        SagaEvent(WarrantyReviewed.self, key: \.warrantyID),
        SagaEvent(WarrantyReceived.self, key: \.warrantyID),
        SagaEvent(WarrantyInspected.self, key: \.warrantyID),
        SagaEvent(RepairEnded.self, key: \.warrantyID),
        SagaEvent(WarrantyRefundSettled.self, key: \.warrantyID),
    ]

    func run(_ saga: SagaContext, _ claim: WarrantyReference) throws -> WarrantyOutcome {
        let id = claim.warrantyID
        let (outline, areHere) = try approve(id, saga)
        var authorizationID: String?
        if let returnID = outline.returnID, outline.comesBack {
            authorizationID = try bringIn(id, returnID, outline, areHere: areHere, saga)
            try inspect(id, outline, saga)
        }
        var outcome = try help(id, outline, past: false, saga)
        try tell(outcome, of: id, outline, authorizationID, again: false, saga)
        while let refundID = outcome.refundID, try fails(refundID, saga) {
            let isGivenUp = try !review(id, outline, saga).approved
            outcome = isGivenUp ? WarrantyOutcome() : try help(id, outline, past: true, saga)
            try tell(outcome, of: id, outline, authorizationID, again: true, saga)
        }
        try saga.perform(CloseWarranty(warrantyID: id))
        saga.status(WarrantyStatus.closed)
        return outcome
    }

    // MARK: Decision

    /// - Returns: whether the goods have come in while a person decided, too.
    private func approve(
        _ id: WarrantyID, _ saga: SagaContext
    ) throws -> (outline: WarrantyOutline, areHere: Bool) {
        saga.status(WarrantyStatus.coverageCheck)
        let check = try saga.perform(CheckWarranty(warrantyID: id)) { _ in WithdrawWarranty(warrantyID: id) }
        var areHere = false
        switch check.outcome {
        case .approved: break
        case .rejected: throw check.reason ?? Refusal(code: "rejected", message: "The warranty does not cover it.")
        case .inReview:
            let decision = try expectApproval(id, check.outline, saga)
            areHere = try check.outline.comesBack && haveComeIn(by: decision, saga)
        }
        saga.status(WarrantyStatus.approved)
        return (check.outline, areHere)
    }

    /// Whether the goods came in while a person decided.
    private func haveComeIn(by decision: WarrantyReviewed, _ saga: SagaContext) throws -> Bool {
        // WHY: a decision of an older build does not tell, but news of the goods has come before it and lies unread.
        try decision.goodsAreHere ?? (saga.wait(for: WarrantyReceived.self, upTo: .seconds(1)) != nil)
    }

    // MARK: Way

    /// - Parameter areHere: whether the goods have come in already, and need neither label nor word.
    /// - Returns: the authorization in the ERP, where there is one.
    private func bringIn(
        _ id: WarrantyID, _ goods: ReturnID, _ outline: WarrantyOutline, areHere: Bool, _ saga: SagaContext
    ) throws -> String? {
        var areHere = areHere
        let authorization = try insist(on: AuthorizeReturn(returnID: goods), id, outline, &areHere, saga) { reply in
            reply.authorizationID.map { CancelReturnAuthorization(returnID: goods, authorizationID: $0) }
        }
        if !areHere { try sendLabel(id, goods, outline, &areHere, saga) }
        if !areHere { try awaitGoods(goods, of: id, outline, saga) }
        return authorization?.authorizationID
    }

    func ask(
        about refusal: Refusal, _ id: WarrantyID, _ outline: WarrantyOutline, _ areHere: inout Bool,
        _ saga: SagaContext
    ) throws {
        try saga.perform(ReviewWarranty(warrantyID: id, reason: refusal))
        let decision = try expectApproval(id, outline, saga)
        areHere = try areHere || haveComeIn(by: decision, saga)
        saga.status(areHere ? WarrantyStatus.received : .approved)
    }

    /// - Parameter areHere: becomes true where goods come in while a person decides; then the rest is left out.
    private func sendLabel(
        _ id: WarrantyID, _ goods: ReturnID, _ outline: WarrantyOutline, _ areHere: inout Bool, _ saga: SagaContext
    ) throws {
        let mayAsk = try saga.patched("refused-label-is-reviewed")
        try insist(on: AnnounceReturn(returnID: goods), mayAsk: mayAsk, id, outline, &areHere, saga) { reply in
            reply.number.map { CancelReturnAnnouncement(returnID: goods, number: $0) }
        }
        if outline.hasLabel, !areHere {
            try insist(on: BuyReturnLabel(returnID: goods), mayAsk: mayAsk, id, outline, &areHere, saga) {
                VoidReturnLabel(returnID: goods, labelID: $0.labelID)
            }
        }
        guard !areHere else { return }
        try saga.perform(NotifyClaimant(warrantyID: id, notice: .warrantyApproved))
        try saga.perform(PostReturnMessage(returnID: goods, message: .label))
        try saga.perform(RecordLabelSent(returnID: goods))
        saga.status(WarrantyStatus.labelSent)
    }

    // MARK: Goods

    /// Waits for somebody who looks at the goods; without a defect a person decides whether to help anyway.
    private func inspect(_ id: WarrantyID, _ outline: WarrantyOutline, _ saga: SagaContext) throws {
        saga.status(WarrantyStatus.received)
        var inspection = try saga.wait(for: WarrantyInspected.self, upTo: .seconds(outline.reviewSeconds))
        if inspection == nil {
            try saga.perform(EscalateWarranty(warrantyID: id))
            inspection = try saga.wait(for: WarrantyInspected.self)
        }
        if inspection?.finding != .defect { try expectApproval(id, outline, saga) }
        saga.status(WarrantyStatus.inspected)
    }

    // MARK: What helps

    /// The remedies one after another, until one has helped or a person gives up.
    private func help(
        _ id: WarrantyID, _ outline: WarrantyOutline, past isPastPivot: Bool, _ saga: SagaContext
    ) throws -> WarrantyOutcome {
        var tried: [WarrantyRemedy] = []
        var reason: Refusal?
        var hasMoved = isPastPivot
        while true {
            let choice = try saga.perform(ChooseRemedy(warrantyID: id, tried: tried, reason: reason))
            if let remedy = choice.remedy {
                switch try attempt(remedy, id, outline, past: hasMoved, saga) {
                case .helped(let outcome): return outcome
                case .failed(let refusal):
                    tried.append(remedy)
                    reason = refusal
                    continue
                case .takenBack(let refusal):
                    tried.append(remedy)
                    (reason, hasMoved) = (refusal, true)
                    continue
                case .unpaid: hasMoved = true
                }
            }
            let decision = try review(id, outline, saga)
            guard decision.approved else {
                if hasMoved { return WarrantyOutcome() }
                throw Refusal(code: "rejected", message: decision.reason)
            }
            (tried, reason) = ([], nil)
        }
    }

    private func attempt(
        _ remedy: WarrantyRemedy, _ id: WarrantyID, _ outline: WarrantyOutline, past isPastPivot: Bool,
        _ saga: SagaContext
    ) throws -> Attempted {
        switch remedy {
        case .repair: try repair(past: isPastPivot, saga)
        case .replacement: try replace(id, past: isPastPivot, saga)
        case .refund: try payBack(outline.returnID, past: isPastPivot, saga)
        }
    }

    /// The bench takes as long as it takes; mended goods are on their way to the customer.
    private func repair(past isPastPivot: Bool, _ saga: SagaContext) throws -> Attempted {
        saga.status(WarrantyStatus.inRepair)
        guard try saga.wait(for: RepairEnded.self).isRepaired else {
            saga.status(WarrantyStatus.inspected)
            return .failed(Refusal(code: "unrepairable", message: "The goods cannot be repaired."))
        }
        if !isPastPivot { try saga.pivot() }
        saga.status(WarrantyStatus.repaired)
        return .helped(WarrantyOutcome(remedy: .repair))
    }

    private func replace(_ id: WarrantyID, past isPastPivot: Bool, _ saga: SagaContext) throws -> Attempted {
        let opened = try saga.attempt(OpenReplacement(warrantyID: id)) {
            CancelReplacement(warrantyID: id, draftID: $0.draftID)
        }
        switch opened {
        case .refused(let refusal): return .failed(refusal)
        case .timedOut: return .failed(nil)
        case .accepted(let draft):
            if !isPastPivot { try saga.pivot() }
            return try complete(id, draft.draftID, saga)
        }
    }

    private func complete(_ id: WarrantyID, _ draftID: String, _ saga: SagaContext) throws -> Attempted {
        let order: CompleteReplacement.Reply
        switch try saga.attempt(CompleteReplacement(warrantyID: id, draftID: draftID)) {
        case .accepted(let completed): order = completed
        case .timedOut: order = try saga.perform(CompleteReplacement(warrantyID: id, draftID: draftID))
        case .refused(let refusal):
            try saga.perform(CancelReplacement(warrantyID: id, draftID: draftID))
            return .takenBack(refusal)
        }
        saga.status(WarrantyStatus.replaced)
        return .helped(WarrantyOutcome(remedy: .replacement, orderID: order.orderID))
    }

    /// Nothing of ours was paid for goods without a return.
    private func payBack(_ goods: ReturnID?, past isPastPivot: Bool, _ saga: SagaContext) throws -> Attempted {
        guard let goods else { return .failed(nil) }
        switch try saga.attempt(RequestReturnRefund(returnID: goods)) {
        case .refused(let refusal): return .failed(refusal)
        case .timedOut: return .failed(nil)
        case .accepted(let refund):
            guard let refundID = refund.refundID else {
                return .failed(Refusal(code: "nothing_refundable", message: "Nothing of the goods' price is left."))
            }
            if !isPastPivot { try saga.pivot() }
            saga.status(WarrantyStatus.refundPending)
            guard try arrived(refundID, saga) else { return .unpaid }
            saga.status(WarrantyStatus.refunded)
            return .helped(WarrantyOutcome(remedy: .refund, refundID: refundID))
        }
    }

    // MARK: Books and customer

    /// Only what has happened is written down and told.
    /// - Parameter isAgain: whether a refund before this outcome was written down, and has failed since.
    private func tell(
        _ outcome: WarrantyOutcome, of id: WarrantyID, _ outline: WarrantyOutline, _ authorizationID: String?,
        again isAgain: Bool, _ saga: SagaContext
    ) throws {
        guard let remedy = outcome.remedy else {
            // What was written down before a later failure stands.
            if !isAgain { try closeAuthorization(authorizationID, outline, saga) }
            return
        }
        if let goods = outline.returnID {
            // WHY: what was written down of the first refund stands for the one in its place.
            let stands = try isAgain && remedy == .refund && saga.patched("refund-is-booked-once")
            if !stands {
                try keepBooks(outcome, goods, outline, authorizationID, saga)
            } else if outline.comesBack {
                try saga.restockAgain(goods)
            }
            try saga.perform(PostReturnMessage(returnID: goods, message: remedy.message))
        }
        try saga.perform(NotifyClaimant(warrantyID: id, notice: remedy.notice))
        if let goods = outline.returnID { try closeTicket(goods, outline, saga) }
    }

    /// Nothing has helped, and nothing can be undone any more: the goods go back, and nobody waits for them in the ERP.
    private func closeAuthorization(
        _ authorizationID: String?, _ outline: WarrantyOutline, _ saga: SagaContext
    ) throws {
        guard let goods = outline.returnID, let authorizationID,
            try saga.patched("given-up-claim-closes-authorization")
        else { return }
        try saga.perform(CancelReturnAuthorization(returnID: goods, authorizationID: authorizationID))
    }

    private func keepBooks(
        _ outcome: WarrantyOutcome, _ goods: ReturnID, _ outline: WarrantyOutline, _ authorizationID: String?,
        _ saga: SagaContext
    ) throws {
        guard outcome.remedy != .repair else {
            // Mended goods were never taken back.
            if let authorizationID {
                try saga.perform(CancelReturnAuthorization(returnID: goods, authorizationID: authorizationID))
            }
            return
        }
        if outline.comesBack { try saga.restock(goods) }
        try saga.perform(RecordReturnReceipt(returnID: goods))
        guard let refund = outcome.refundID else { return }
        try saga.perform(RecordReturnCredit(returnID: goods))
        try saga.perform(RecordRefundInBooks(refundID: refund))
    }

    /// Whether a refund fails after it had succeeded, which it may for days: until then the claim does not rest.
    private func fails(_ refundID: RefundID, _ saga: SagaContext) throws -> Bool {
        while try saga.wait(
            for: WarrantyRefundSettled.self, upTo: .days(14),
            where: { $0.refundID == refundID && $0.status == .failed }) != nil
        {
            // WHY: the news may be of a failure from before the money arrived after all.
            if try saga.perform(CheckRefund(refundID: refundID)).status == .failed { return true }
        }
        return false
    }
}

extension WarrantyRemedy {
    fileprivate var message: PostReturnMessage.Message {
        switch self {
        case .repair: .repaired
        case .replacement: .replaced
        case .refund: .refunded
        }
    }

    fileprivate var notice: MailName {
        switch self {
        case .repair: .warrantyRepaired
        case .replacement: .warrantyReplaced
        case .refund: .returnRefunded
        }
    }
}
