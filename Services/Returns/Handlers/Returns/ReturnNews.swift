import Commerce
import Contracts
import Messaging

/// Tells the process that drives a return what has come about: the return's own, or that of the claim whose goods it
/// brings in.
struct ReturnNews: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    func received() throws {
        if let id = row.warrantyID {
            try transaction.publish(WarrantyReceived(warrantyID: id), subject: id.description)
        } else {
            try transaction.publish(ReturnReceived(returnID: row.id), subject: row.id.description)
        }
    }

    /// The grade of faulty goods decides nothing: what a claim waits for is what a person finds.
    func inspected(isComplete: Bool) throws {
        guard row.warrantyID == nil else { return }
        try transaction.publish(
            ReturnInspected(returnID: row.id, isComplete: isComplete), subject: row.id.description)
    }

    func refundSettled(_ refundID: RefundID, _ status: RefundStatus) throws {
        if let id = row.warrantyID {
            try transaction.publish(
                WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: status), subject: id.description)
        } else {
            try transaction.publish(
                ReturnRefundSettled(returnID: row.id, refundID: refundID, status: status),
                subject: row.id.description)
        }
    }
}

extension ReturnRow {
    /// Failure: a ``Refusal`` `not_allowed` for the return of a claim, which says where to turn instead.
    func requireOwnProcess(for verb: String) throws(Refusal) {
        guard let warrantyID else { return }
        throw Refusal(
            code: "not_allowed",
            message: "The return brings in the goods of claim \(warrantyID): use /warranties/\(warrantyID)/\(verb).")
    }

    /// What the books say a refund of it is for.
    var refundReason: String { warrantyID.map { "warranty \($0)" } ?? "return \(id)" }
}
