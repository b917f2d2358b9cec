import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// Asks for money to be given back: calculates, posts `requested`, holds the units and the room, and has it sent.
///
/// *Guarantees*: refunds of one order are decided one after another; the database refuses what would exceed a tender.
struct RequestRefundHandler: CommandHandler {
    func handle(_ command: RequestRefund, in transaction: HandlerTransaction) async throws -> RequestRefund.Reply {
        guard let ledger = try await LedgerStore(transaction).lock(command.orderID) else {
            throw Refusal(
                code: "nothing_refundable",
                message: "No payment of the order is known, so there is nothing to give back.")
        }
        let resolution = command.resolution ?? .originalPayment
        guard resolution == .originalPayment || resolution == .storeCredit else {
            throw Refusal(
                code: "unsupported_resolution", message: "A refund is 'original_payment' or 'store_credit'.",
                field: "resolution")
        }
        let request = RefundDraft(command, ledger, transaction)
        let id = RefundID()
        switch (command.lines, command.amount) {
        case (let lines?, nil): try await request.post(lines, as: id)
        case (nil, let amount?): try await request.post(amount, as: id)
        default:
            throw Refusal(code: "bad_refund", message: "Give either the lines to refund or an amount, not both.")
        }
        try transaction.send(SendRefund(refundID: id), subject: id.description)
        return RequestRefund.Reply(refundID: id)
    }
}
