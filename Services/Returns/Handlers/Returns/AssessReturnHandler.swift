import Commerce
import Contracts
import Messaging
import Views

/// Reads what has come in as it is now and asks the policy whether the money may go back at once.
///
/// *Guarantees*: more than the policy's limit goes back only after a person's yes to so much, and so does less than was
/// promised.
struct AssessReturnHandler: CommandHandler {
    func handle(_ command: AssessReturn, in transaction: HandlerTransaction) async throws -> AssessReturn.Reply {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard ReturnUnits(goods.row.units).areKnown || command.isFinal else {
            return AssessReturn.Reply(verdict: .wait)
        }
        guard
            let ground = try await ReturnGround.read(
                goods.row.orderID, policy: goods.row.policyVersion, besides: goods.row.id.uuid,
                in: transaction.database)
        else { throw Refusal(code: "unknown_order", message: "There is no order \(goods.row.orderID).") }
        let findings = ReturnFindings(goods.row, ground)
        var doubt = findings.doubt
        if doubt == nil { doubt = try await ReturnWorth(goods.row, transaction).doubt() }
        if doubt == nil { doubt = try await overLimit(goods.row, ground, transaction) }
        guard let reason = doubt else {
            if goods.row.status == .received { try goods.move(.inspect) }
            try await goods.save(
                ReturnHappening("return.assessed", "Goods and policy allow the refund.", dedupeKey: goods.row.key))
            return AssessReturn.Reply(verdict: .refund)
        }
        try goods.review(reason, within: ReturnPlan(goods.row, ground.policy).reviewSeconds)
        // What is about the money alone is said with the money.
        if findings.areOfGoods { try await ReviewNews(.goods, of: goods.row).send(in: transaction) }
        try await goods.save(
            ReturnHappening("return.in_review", reason.message, dedupeKey: "\(goods.row.key)-\(reason.code)"))
        return AssessReturn.Reply(verdict: .review, reason: reason)
    }

    /// Why a person has to look at what is to be given back; nil where it is no more than the limit, or than what a person
    /// has approved.
    private func overLimit(
        _ row: ReturnRow, _ ground: ReturnGround, _ transaction: HandlerTransaction
    ) async throws -> Refusal? {
        guard let limit = ground.approvalLimit, let worth = try await ReturnWorth(row, transaction).amount(),
            worth.minorUnits > limit.minorUnits
        else { return nil }
        if let approved = try await ApprovedAmountStore(transaction).find(row.id) {
            guard worth.minorUnits > approved else { return nil }
        } else if row.decision.outcome == .inReview {
            // WHY: a build of before let a person approve it, and noted no amount.
            return nil
        }
        return Refusal(
            code: DecisionReason.Code.overApprovalLimit.rawValue,
            message: "The goods come to \(worth), which is above the limit of \(limit).")
    }
}

/// What the goods of a return say about its refund.
struct ReturnFindings {
    private static let unreadableOrder = "unreadable_order"

    /// Why a person has to look at it; nil where nothing stands in the way.
    let doubt: Refusal?
    /// Whether it is the goods that a person has to look at.
    var areOfGoods: Bool { doubt.map { $0.code != Self.unreadableOrder } ?? false }

    init(_ row: ReturnRow, _ ground: ReturnGround) {
        doubt = Self.doubt(row.units) ?? Self.doubt(row, ground)
    }

    private static func doubt(_ units: [ReturnUnit]) -> Refusal? {
        if units.contains(where: { !$0.isGraded }) {
            return Refusal(code: Refusal.notInspected, message: "Grade or match of the goods is not known in time.")
        }
        if units.contains(where: { $0.state == .missing }) {
            return Refusal(code: "units_missing", message: "Not everything that was announced has come in.")
        }
        if units.contains(where: { $0.matched == false }) {
            return Refusal(code: "not_matched", message: "What came in is not what was sold.")
        }
        if units.contains(where: \.awaitsChecklist) {
            return Refusal(
                code: "checklist_open",
                message: "The policy's checklist is not answered for the goods in time: inspect them, or approve them "
                    + "as they are graded.")
        }
        return nil
    }

    private static func doubt(_ row: ReturnRow, _ ground: ReturnGround) -> Refusal? {
        guard let currency = ground.currency else {
            return Refusal(code: unreadableOrder, message: "The order's currency is none.")
        }
        let lines = row.units.filter { !$0.stays }.map { unit in
            ReturnRequestFacts.Line(
                lineID: unit.lineID, quantity: 1, reason: unit.reason, grade: unit.grade?.rawValue,
                matched: unit.matched,
                evidenceCount: row.request.evidence(of: unit.lineID, sku: unit.sku, reason: unit.reason).count)
        }
        // What nothing comes back of has no grade to wait for.
        guard !lines.isEmpty else { return nil }
        let decision = ground.decision(on: lines, of: row.request, by: row.channel, in: currency, at: row.createdAt)
        guard decision.instantRefund.status != .allowed else { return nil }
        let grades = Set(row.units.compactMap(\.grade?.rawValue)).sorted().joined(separator: ", ")
        return Refusal(
            code: "not_instant",
            message:
                "The goods are of grade \(grades), for which the policy (\(decision.instantRefund.rule)) pays nothing "
                + "by itself; approve to refund by grade.")
    }
}
