import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// A return in review whose saga has ended well: it was closed and its money has failed since, or a person has taken it
/// up again, also one whose money was given up. Nothing drives it, so that what a person decides is done at once. The
/// lock of its order's ledger is held.
///
/// *Guarantees*: it gives no more than its goods come to, less what refunds of it gave that failed otherwise; where one of
/// them stands, nothing.
struct ReturnAtRest: Sendable {
    let transaction: HandlerTransaction

    /// Where its order's payments have less left than was promised, or such units were refunded in the shop, it is in review
    /// again with that, for a person who knows it to approve.
    func approve(_ reason: String, _ goods: inout ReturnCase) async throws {
        try goods.move(goods.row.receivedAt != nil ? .inspect : .approve, by: .staff)
        try await goods.save(happening("return.approved", reason, goods.row))
        let refundID: RefundID?
        do {
            refundID = try await ReturnRefundRequest(transaction: transaction).request(&goods).refundID
        } catch let refusal as Refusal where refusal.asksAboutMoney {
            return try await ask(about: refusal, &goods)
        }
        guard let id = refundID else { return try await close(&goods) }
        guard goods.row.status == .refunded else {
            return try transaction.send(SendRefund(refundID: id), subject: id.description)
        }
        // It had arrived after all.
        if let refund = try await RefundStore(transaction).find(id) { try await arrived(refund, &goods) }
        try await goods.save(happening("return.closed", "Everything is done.", goods.row))
    }

    private func ask(about refusal: Refusal, _ goods: inout ReturnCase) async throws {
        try goods.review(refusal)
        try await expectDecision(&goods)
        try await goods.save(happening("return.in_review", refusal.message, goods.row))
    }

    /// Money that failed is given up; what was taken up again without any is closed as it was, and its customer hears what
    /// the person says to them.
    func reject(_ reason: String, _ goods: inout ReturnCase) async throws {
        guard goods.row.refundID != nil else {
            try await HeldUnitStore(transaction, of: goods.row.orderID).releaseAll(heldBy: goods.row.id.uuid)
            try await HeldUnitStore(transaction, of: goods.row.orderID).hold(
                goods.row.refundedLines, by: goods.row.id.uuid)
            try await ShopUnits.makeUp(of: goods.row.orderID, in: transaction)
            try goods.move(.close, by: .staff)
            try await goods.save(happening("return.closed", reason, goods.row))
            try restock(goods.row)
            return try await tellAgain(goods.row)
        }
        try goods.move(.reject, by: .staff)
        goods.row.reason = Refusal(code: "rejected", message: reason)
        try await BooksAlert(of: goods.row, transaction).sendWhereNeeded()
        // The customer has the new goods: the old ones stay theirs whose return it is.
        guard goods.row.exchangeOrder == nil else {
            return try await goods.save(happening("return.rejected", reason, goods.row))
        }
        try await ReturnEnd(transaction: transaction).end(&goods)
    }

    /// The customer was told before that nothing is given back, and is so again where a person has something to say.
    private func tellAgain(_ row: ReturnRow) async throws {
        guard try await CustomerMessageStore(transaction, of: row.id).find() != nil else { return }
        let version = "\(row.key)-\(transaction.now.timeIntervalSince1970)"
        try await ReturnNotice(.returnUnrefunded, of: row, version: version).send(in: transaction)
        try transaction.send(
            PostReturnMessage(returnID: row.id, message: .unrefunded, version: version), subject: row.id.description)
    }

    /// No saga waits for the decision, so that people are told here where it takes longer than the policy says.
    func expectDecision(_ goods: inout ReturnCase) async throws {
        let row = goods.row
        guard let seconds = try await row.reviewSeconds(in: transaction) else { return }
        let dueAt = transaction.now.addingTimeInterval(TimeInterval(seconds))
        goods.row.reviewDueAt = dueAt
        try await transaction.schedule(EscalateReview(returnID: row.id), at: dueAt, subject: row.id.description)
    }

    private func close(_ goods: inout ReturnCase) async throws {
        guard goods.follow(.close) else { return }
        try await goods.save(happening("return.closed", "Everything is done.", goods.row))
        try restock(goods.row)
    }

    /// Goods that stay here are sold again by the grade that they have now.
    private func restock(_ row: ReturnRow) throws {
        try transaction.send(RestockReturn(returnID: row.id), subject: row.id.description)
    }

    private func happening(_ type: String, _ summary: String, _ row: ReturnRow) -> ReturnHappening {
        ReturnHappening(type, summary, dedupeKey: "\(row.key)-\(transaction.now.timeIntervalSince1970)")
    }

    // MARK: Its money

    /// Its money has arrived: it rests again. The books have it once, and where the ERP has closed the authorization,
    /// people enter it there.
    func arrived(_ refund: RefundStore.Row, _ goods: inout ReturnCase) async throws {
        goods.follow(.close)
        let row = goods.row
        let subject = row.id.description
        if try await !RefundStore(transaction).isBooked(row.id) {
            try transaction.send(RecordRefundInBooks(refundID: refund.id), subject: subject)
            // WHY: the authorization of a return whose money was given up on is cancelled there and known no more.
            let wasAuthorized = try await ReturnTimeline(row.id, transaction).last("return.authorized") != nil
            if row.externalIDs["netsuite"] != nil || wasAuthorized {
                let authorization = row.externalIDs["netsuite"].map { ["netsuite_authorization": $0] } ?? [:]
                try alert(
                    of: refund, "A refund is to be entered in NetSuite by hand",
                    "The return was taken up again after its authorization was closed; where its goods are not received "
                        + "there, enter their receipt too.", authorization)
            }
        } else if try await BooksAlert.wasSent(of: row.id, in: transaction) {
            try alert(
                of: refund, "A refund is to be entered in the books by hand",
                "What was entered of an earlier one was to be reversed, for the return ended without its money; it has "
                    + "been paid since.")
        }
        if refund.destination == .storeCredit {
            try transaction.send(GrantStoreCreditBonus(refundID: refund.id), subject: subject)
        }
        try restock(row)
        try transaction.send(PostReturnMessage(returnID: row.id, message: .refunded), subject: subject)
        try transaction.send(NotifyReturnCustomer(returnID: row.id, notice: .returnRefunded), subject: subject)
    }

    private func alert(
        of refund: RefundStore.Row, _ title: String, _ text: String, _ further: [String: String] = [:]
    ) throws {
        guard let returnID = refund.returnID else { return }
        let fields = ["return": "\(returnID)", "refund": "\(refund.id)", "amount": "\(refund.amount)"]
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_credit_by_hand/\(refund.id)", title: title, text: text,
                    fields: fields.merging(further) { first, _ in first },
                    next: ["stateset returns show \(returnID)", "stateset refunds show \(refund.id)"])),
            subject: returnID.description)
    }
}

/// Takes up a return that was closed and gave nothing back, or whose money a person gave up on, for a person to grade
/// its goods anew and decide.
///
/// *Guarantees*: no goods are paid for twice: one whose money has gone back, or whose goods went for others, stays closed,
/// and one whose units are in another return or refund does.
struct ReopenReturnHandler: CommandHandler {
    func handle(_ command: ReopenReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await check(goods.row, transaction)
        guard
            let ground = try await ReturnGround.read(
                orderID, policy: goods.row.policyVersion, besides: goods.row.id.uuid, in: transaction.database)
        else { throw Refusal(code: "unknown_order", message: "There is no order \(orderID).") }
        try await goods.row.holdAgain(beside: ground, in: transaction)
        try goods.move(.reopen, by: .staff)
        try goods.review(
            Refusal(code: "reopened", message: command.reason),
            within: ReturnPlan(goods.row, ground.policy).reviewSeconds)
        try await ReturnAtRest(transaction: transaction).expectDecision(&goods)
        try await goods.save(
            ReturnHappening(
                "return.reopened", command.reason,
                dedupeKey: "\(goods.row.key)-\(transaction.now.timeIntervalSince1970)"))
        try await transaction.audit(
            AuditEntry(action: "return.reopen", subject: goods.row.id.description, reason: command.reason))
        return Done()
    }

    private func check(_ row: ReturnRow, _ transaction: HandlerTransaction) async throws {
        guard row.status == .closed || row.status == .rejected else {
            throw Refusal(
                code: "not_allowed", message: "A return that is \(row.status.rawValue) is neither closed nor rejected.")
        }
        guard row.rests, row.warrantyID == nil else {
            throw Refusal(
                code: "not_allowed",
                message: "Its process has not ended, or was a claim's: give what is missing as an amount, with "
                    + "POST /orders/\(row.orderID)/refunds.")
        }
        let isPaid = try await StandingRefund.exists(of: row.id, in: transaction)
        guard !isPaid, row.exchangeOrder == nil else {
            throw Refusal(
                code: "not_allowed",
                message: "Its goods are made good: give what is missing as an amount, with "
                    + "POST /orders/\(row.orderID)/refunds.")
        }
    }
}
