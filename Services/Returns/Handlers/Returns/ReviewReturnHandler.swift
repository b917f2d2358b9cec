import Commerce
import Contracts
import Foundation
import Messaging
import Views

struct ReviewReturnHandler: CommandHandler {
    func handle(_ command: ReviewReturn, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        // WHY: goods that have come in meanwhile were not lost; the saga hears of them next.
        guard command.reason.code != Refusal.parcelLost || goods.row.receivedAt == nil else { return Done() }
        let seconds = try await goods.row.reviewSeconds(in: transaction)
        try goods.review(command.reason, within: seconds)
        if let stage = ReviewStage(of: command.reason, goods.row) {
            try await ReviewNews(stage, of: goods.row).send(in: transaction)
        }
        try await goods.save(
            ReturnHappening(
                "return.in_review", command.reason.message,
                dedupeKey: "\(goods.row.key)-\(command.reason.code)-\(transaction.now.timeIntervalSince1970)"))
        return Done()
    }
}

extension ReturnRow {
    /// Within which a person should decide, by the policy it was asked for under; nil where its order is not there.
    func reviewSeconds(in transaction: HandlerTransaction) async throws -> Int? {
        try await ReturnGround.read(orderID, policy: policyVersion, in: transaction.database).map {
            ReturnPlan(self, $0.policy).reviewSeconds
        }
    }
}

/// Says by Slack that a return has waited longer for a person than it should; one alert a return.
struct EscalateReviewHandler: CommandHandler {
    func handle(_ command: EscalateReview, in transaction: HandlerTransaction) async throws -> Done {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.row.status == .inReview else { return Done() }
        let reason = goods.row.reason?.message ?? "A person has to decide."
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_review/\(command.returnID)", title: "A return waits for a decision",
                    text: reason, fields: ["return": "\(command.returnID)", "order": "\(goods.row.orderID)"],
                    next: [
                        "stateset returns show \(command.returnID)",
                        "stateset returns approve \(command.returnID) --reason '…'",
                        "stateset returns reject \(command.returnID) --reason '…'",
                    ])),
            subject: command.returnID.description)
        ReturnTimeline(command.returnID, transaction).append(
            ReturnHappening(
                "return.review_overdue", "The review is overdue; an alert went out.",
                dedupeKey: "\(goods.row.key)-\(goods.row.reviewDueAt?.timeIntervalSince1970 ?? 0)"))
        return Done()
    }
}

struct DecideReturnHandler: CommandHandler {
    func handle(_ command: DecideReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try goods.row.requireOwnProcess(for: command.verb.rawValue)
        try await ReturnDecisionByPerson(transaction: transaction).decide(command, &goods)
        return Done()
    }
}

/// A person's word on a return in review: before its goods are here it goes on its way, after that to its refund. One
/// whose process was undone begins it again with a yes, and ends with a no; where the process has ended well, the word is
/// carried out at once. The lock of the order's ledger is held.
struct ReturnDecisionByPerson: Sendable {
    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` `not_allowed` where the return is not in review, and for a no where its goods are made good;
    /// `not_inspected` for a yes while goods that are here have no grade; those of ``KeptPart`` for a yes to a part.
    func decide(_ command: DecideReturn, _ goods: inout ReturnCase) async throws {
        let reason = command.reason
        guard goods.row.status == .inReview else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(goods.row.status.rawValue) is not in review.",
                field: command.lines.map { _ in "lines" })
        }
        guard !goods.row.isWithdrawing else {
            throw Refusal(code: "not_allowed", message: "The return is still being undone; try again in a moment.")
        }
        let isApproved = command.verb == .approve
        let madeGood = MadeGood(goods.row, transaction)
        // What was said of an earlier rejection is not said any more.
        try await CustomerMessageStore(transaction, of: goods.row.id).save(isApproved ? nil : command.message)
        var plan: ReturnPlan?
        if isApproved {
            if let lines = command.lines {
                plan = try await KeptPart(transaction: transaction)
                    .keep(lines, for: command.exchangeLines, saying: command.message, of: &goods)
            }
            try goods.row.requireGrades()
            try await acceptDoubts(of: &goods.row)
            let amount = try await ReturnWorth(goods.row, transaction).promised()
            try await ApprovedAmountStore(transaction).save(amount, of: goods.row.id)
        } else {
            try await madeGood.requireNothing()
        }
        if isApproved, try await madeGood.isExchangeUnreckoned() {
            try await closeExchanged(reason, &goods)
        } else {
            try await carryOut(isApproved, reason, plan, &goods)
        }
        try await transaction.audit(
            AuditEntry(
                action: "return.\(command.verb.rawValue)", subject: goods.row.id.description, reason: reason,
                after: try RawJSON(encoding: ["status": goods.row.status.rawValue])))
    }

    /// What the person was told of money stands against the return no longer. What has changed since they were told does:
    /// they are asked again before anything is given.
    private func acceptDoubts(of row: inout ReturnRow) async throws {
        guard let told = row.reason else { return }
        row.approve(knowing: told)
        guard told.code == Refusal.refundCut, let cut = try await ReturnWorth(row, transaction).cut(),
            told.message.contains(cut.message), let ledger = try await LedgerStore(transaction).lock(row.orderID)
        else { return }
        try await ReturnPromise(row, of: ledger, transaction).accept()
    }

    /// What its exchange took of its goods' worth is not known, so that nothing else is given for them. A process that waits
    /// for the decision could not go on, and is undone.
    private func closeExchanged(_ reason: String, _ goods: inout ReturnCase) async throws {
        let isDriven = !goods.row.rests && !goods.row.isWithdrawn
        try goods.move(.close, by: .staff)
        try await goods.save(
            ReturnHappening(
                "return.closed", reason, dedupeKey: "\(goods.row.key)-\(transaction.now.timeIntervalSince1970)"))
        guard isDriven else { return }
        let row = goods.row
        try transaction.publish(
            ReturnReviewed(returnID: row.id, approved: false, reason: reason, goodsAreHere: row.receivedAt != nil),
            subject: row.id.description)
    }

    /// - Parameter plan: of what is left, where only a part is approved.
    private func carryOut(
        _ isApproved: Bool, _ reason: String, _ plan: ReturnPlan?, _ goods: inout ReturnCase
    ) async throws {
        guard !goods.row.rests else {
            let atRest = ReturnAtRest(transaction: transaction)
            if isApproved { return try await atRest.approve(reason, &goods) }
            return try await atRest.reject(reason, &goods)
        }
        let (isHere, isOver) = (goods.row.receivedAt != nil, goods.row.isWithdrawn)
        try goods.move(isApproved ? (isHere ? .inspect : .approve) : .reject, by: .staff)
        if !isApproved { goods.row.reason = Refusal(code: "rejected", message: reason) }
        if isOver, !isApproved {
            try await ReturnEnd(transaction: transaction).end(&goods)
        } else {
            try await goods.save(
                ReturnHappening(
                    isApproved ? "return.approved" : "return.rejected", reason,
                    dedupeKey: "\(goods.row.key)-\(transaction.now.timeIntervalSince1970)"))
            let news = ReturnReviewed(
                returnID: goods.row.id, approved: isApproved, reason: reason,
                goodsAreHere: goods.row.receivedAt != nil, plan: plan)
            try tell(news, goods.row, isOver: isOver)
        }
    }

    /// Where the process is over, nobody waits for the decision: it begins again, and finds the goods here.
    private func tell(_ news: ReturnReviewed, _ row: ReturnRow, isOver: Bool) throws {
        let subject = row.id.description
        if isOver, let sagaID = row.sagaID {
            try transaction.send(OperateSaga(sagaID: sagaID, verb: .restart, reason: news.reason), subject: subject)
        } else {
            try transaction.publish(news, subject: subject)
        }
    }
}
