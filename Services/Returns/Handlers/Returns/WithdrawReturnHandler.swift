import Commerce
import Contracts
import Messaging

/// Ends a return that does not go on.
struct WithdrawReturnHandler: CommandHandler {
    func handle(_ command: WithdrawReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if goods.row.status != .rejected, goods.row.status != .expired { try cancel(&goods) }
        if goods.row.isWithdrawing { try alert(of: goods.row, in: transaction) }
        try await ReturnEnd(transaction: transaction).end(&goods)
        return Done()
    }

    /// WHY: no process is left that would say that the review takes too long.
    private func alert(of row: ReturnRow, in transaction: HandlerTransaction) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_goods_left/\(row.id)", title: "Goods of a return that was called off are here",
                    text: Refusal.withdrawing.message, fields: ["return": "\(row.id)", "order": "\(row.orderID)"])),
            subject: row.id.description)
    }

    /// What has come in already stays with a person instead.
    private func cancel(_ goods: inout ReturnCase) throws {
        guard goods.row.receivedAt != nil else {
            goods.follow(.cancel, by: .staff)
            return
        }
        guard goods.row.status == .inReview || goods.permits(.review) else { return }
        try goods.review(.withdrawing)
    }
}

// A return whose process was undone while its goods were here. Nothing drives it any more until a person has decided.

extension Refusal {
    private static let goodsAreHere =
        "The return was called off when its goods were here; decide what becomes of them."

    /// While its process is still ending.
    static let withdrawing = Refusal(code: "withdrawing", message: goodsAreHere)
    static let withdrawn = Refusal(code: "withdrawn", message: goodsAreHere)
}

extension ReturnRow {
    /// Whether a person decides about goods of a return whose process is over.
    var isWithdrawn: Bool { status == .inReview && reason?.code == Refusal.withdrawn.code }

    /// The same while that process has yet to say that it is.
    var isWithdrawing: Bool { status == .inReview && reason?.code == Refusal.withdrawing.code }
}
