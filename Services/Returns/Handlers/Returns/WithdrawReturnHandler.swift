import Commerce
import Contracts
import Messaging

/// Ends a return that does not go on.
///
/// *Guarantees*: one whose goods have gone for others does not end so: it holds its units and stays with a person,
/// whose yes brings the exchange to its end.
struct WithdrawReturnHandler: CommandHandler {
    func handle(_ command: WithdrawReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if goods.row.exchangeOrder != nil {
            try keep(&goods)
        } else if goods.row.status != .rejected, goods.row.status != .expired {
            try cancel(&goods)
        }
        if goods.row.isWithdrawing { try alert(of: goods.row, in: transaction) }
        try await ReturnEnd(transaction: transaction).end(&goods)
        return Done()
    }

    /// WHY: no process is left that would say that the review takes too long.
    private func alert(of row: ReturnRow, in transaction: HandlerTransaction) throws {
        var (key, title) = ("return_goods_left/\(row.id)", "Goods of a return that was called off are here")
        var fields = ["return": "\(row.id)", "order": "\(row.orderID)"]
        if let orderID = row.exchangeOrder {
            (key, title) = ("return_exchange_stands/\(row.key)", "An exchange that was called off is ordered already")
            fields["exchange_order"] = orderID
        }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: key, title: title, text: row.reason?.message ?? title, fields: fields,
                    next: ["stateset returns show \(row.id)"])),
            subject: row.id.description)
    }

    /// The new goods are the customer's, whatever was decided meanwhile.
    private func keep(_ goods: inout ReturnCase) throws {
        goods.follow(.reopen)
        guard goods.row.status == .inReview || goods.permits(.review) else { return }
        try goods.review(goods.row.withdrawal(isOver: false))
    }

    /// What has come in already stays with a person instead.
    private func cancel(_ goods: inout ReturnCase) throws {
        guard goods.row.receivedAt != nil else {
            goods.follow(.cancel, by: .staff)
            return
        }
        guard goods.row.status == .inReview || goods.permits(.review) else { return }
        try goods.review(goods.row.withdrawal(isOver: false))
    }
}

// A return whose process was undone while its goods were here, or when they had gone for others. Nothing drives it any
// more until a person has decided.

extension ReturnRow {
    private enum Withdrawal {
        /// While its process is still ending.
        static let begun = "withdrawing"
        static let over = "withdrawn"
    }

    /// What a person has to decide about it.
    /// - Parameter isOver: whether its process has said that it is.
    func withdrawal(isOver: Bool) -> Refusal {
        let message =
            exchangeOrder == nil
            ? "The return was called off when its goods were here; decide what becomes of them."
            : "The return was called off when the goods of its exchange were ordered already, and the customer gets "
                + "them: approve it, and the exchange is brought to its end; nothing is given twice."
        return Refusal(code: isOver ? Withdrawal.over : Withdrawal.begun, message: message)
    }

    /// Whether a person decides about a return whose process is over.
    var isWithdrawn: Bool { status == .inReview && reason?.code == Withdrawal.over }

    /// The same while that process has yet to say that it is.
    var isWithdrawing: Bool { status == .inReview && reason?.code == Withdrawal.begun }
}
