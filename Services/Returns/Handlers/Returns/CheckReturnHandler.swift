import Commerce
import Contracts
import Messaging
import Views

/// Decides on a return by the policy it was asked for under; one that was opened for goods which are here takes them
/// then. One that has ended is taken up again for a person to decide, if its units are still free.
struct CheckReturnHandler: CommandHandler {
    func handle(_ command: CheckReturn, in transaction: HandlerTransaction) async throws -> CheckReturn.Reply {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard
            let ground = try await ReturnGround.read(
                orderID, policy: goods.row.policyVersion, besides: command.returnID.uuid, in: transaction.database)
        else { throw Refusal(code: "unknown_order", message: "There is no order \(orderID).") }
        let plan = ReturnPlan(goods.row, ground.policy)
        if !goods.row.status.holdsUnits {
            try await takeUpAgain(&goods, plan, ground, transaction)
            return CheckReturn.Reply(outcome: .inReview, reason: nil, plan: plan)
        }
        // A person has approved what had come in, or gone for others, when it was called off, and nothing more is to be
        // decided on.
        let isSettled = goods.row.status == .approved && goods.row.exchangeOrder != nil
        if goods.row.status == .inspected || isSettled {
            return CheckReturn.Reply(outcome: .approved, reason: nil, plan: plan, goodsAreHere: true)
        }
        try goods.move(.checkEligibility)
        return try await decide(&goods, ground, transaction)
    }

    private func decide(
        _ goods: inout ReturnCase, _ ground: ReturnGround, _ transaction: HandlerTransaction
    ) async throws -> CheckReturn.Reply {
        let row = goods.row
        let decision = try ReturnAssessment(row.request, by: row.channel, on: ground, at: row.createdAt).decision
        goods.row.decision = decision
        let plan = ReturnPlan(goods.row, ground.policy)
        let reason = decision.reasons.first.map { Refusal(code: $0.code.rawValue, message: $0.message) }
        let happening: ReturnHappening
        switch decision.outcome {
        case .approved:
            try goods.move(.approve)
            happening = ReturnHappening("return.approved", "Approved by the policy.", dedupeKey: row.key)
        case .inReview:
            let reason = reason ?? Refusal(code: "rule", message: "A person has to decide.")
            try goods.review(reason, within: plan.reviewSeconds)
            try await ReviewNews(.request, of: row).send(in: transaction)
            happening = ReturnHappening("return.in_review", reason.message, dedupeKey: row.key)
        case .rejected:
            try goods.move(.reject)
            goods.row.reason = reason ?? Refusal(code: "not_offered", message: "The policy does not take it back.")
            happening = ReturnHappening(
                "return.rejected", goods.row.reason?.message ?? "Rejected.", dedupeKey: row.key)
        }
        try await goods.save(happening)
        var reply = CheckReturn.Reply(outcome: decision.outcome, reason: goods.row.reason, plan: plan)
        try await WarehouseGoods(transaction).takeOpened(&goods)
        if goods.row.receivedAt != nil { reply.goodsAreHere = true }
        return reply
    }

    private func takeUpAgain(
        _ goods: inout ReturnCase, _ plan: ReturnPlan, _ ground: ReturnGround, _ transaction: HandlerTransaction
    ) async throws {
        try await goods.row.holdAgain(beside: ground, in: transaction)
        try goods.move(.reopen)
        try goods.review(
            Refusal(code: "reopened", message: "Taken up again; approve or reject it."), within: plan.reviewSeconds)
        try await ReviewNews(.request, of: goods.row).send(in: transaction)
        try await goods.save(
            ReturnHappening("return.reopened", "The return was taken up again.", dedupeKey: goods.row.key))
    }
}

/// Which order a return is of, without its lock: the order's ledger is locked before its returns.
enum OrderOfReturn {
    static func find(_ id: ReturnID, in transaction: HandlerTransaction) async throws -> OrderID {
        guard let orderID = try await ReturnStore(transaction).orderID(of: id) else {
            throw Refusal(code: "not_found", message: "There is no return \(id).")
        }
        return orderID
    }
}

extension ReturnRow {
    /// Holds all its units, as when it was asked for.
    ///
    /// Failure: a ``Refusal`` `already_returned` where another return or refund has one of them.
    func holdAgain(beside ground: ReturnGround, in transaction: HandlerTransaction) async throws {
        let held = ground.money?.held ?? HeldUnits()
        guard units.allSatisfy({ !held[$0.lineID].numbers.contains($0.number) }) else {
            throw Refusal(
                code: LineReason.alreadyReturned.rawValue,
                message: "Its units are in another return or refunded meanwhile.")
        }
        let store = HeldUnitStore(transaction, of: orderID)
        // WHY: it may hold some still, from a life that ended before they were let go.
        try await store.releaseAll(heldBy: id.uuid)
        try await store.hold(units, by: id)
    }
}
