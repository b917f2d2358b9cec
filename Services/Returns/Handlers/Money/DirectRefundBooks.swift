import Commerce
import Contracts
import Messaging

/// The books of a refund without a return. No process drives it, so that what becomes of its money does.
///
/// *Guarantees*: it is entered once, whatever turns it takes; where its money comes back after that, people are told what
/// to put right there, as they are of a return. The lock of its order's ledger is held.
struct DirectRefundBooks: Sendable {
    private let refund: RefundStore.Row
    private let transaction: HandlerTransaction

    init(_ refund: RefundStore.Row, _ transaction: HandlerTransaction) {
        self.refund = refund
        self.transaction = transaction
    }

    /// Follows a turn of the refund.
    /// - Parameter turn: names it, for one who hears of it twice.
    func follow(as turn: String) async throws {
        switch refund.status {
        case .succeeded: try await enter(as: turn)
        case .failed: try await correct(document: RefundStore(transaction).bookedDocument(of: refund.id), as: turn)
        case .requested, .pending, .requiresAction: break
        }
    }

    private func enter(as turn: String) async throws {
        guard let document = try await RefundStore(transaction).bookedDocument(of: refund.id) else {
            return try transaction.send(RecordRefundInBooks(refundID: refund.id), subject: refund.id.description)
        }
        try alert(
            "refund_arrived/\(turn)", "A refund that had failed has arrived after all",
            "Its document stands in the books, or was reversed when it failed: see that it counts.", document)
    }

    /// Nothing to say where none of it was entered or given.
    private func correct(document: String?, as turn: String) async throws {
        let isGivenInPart = refund.error?.code == Refusal.refundFailedInPart
        guard document != nil || isGivenInPart else { return }
        let text = [
            document == nil ? nil : "What was entered of the refund has come back: reverse it in the books.",
            isGivenInPart ? refund.error?.message : nil, isGivenInPart ? "Enter no more than that." : nil,
        ].compactMap(\.self).joined(separator: " ")
        try alert("refund_books/\(turn)", "A refund has failed, and the books say otherwise", text, document)
    }

    /// After it was entered: its money may have come back meanwhile.
    func entered(as document: String) async throws {
        guard refund.status == .failed else { return }
        try await correct(document: document, as: "\(refund.id)/entered")
    }

    /// The books refused it.
    func refused(_ refusal: Refusal) throws {
        try alert(
            "refund_not_booked/\(refund.id)", "A refund is not in the books",
            "QuickBooks refused it: \(refusal.message) Enter it by hand.", nil)
    }

    private func alert(_ key: String, _ title: String, _ text: String, _ document: String?) throws {
        var fields = ["refund": "\(refund.id)", "order": "\(refund.orderID)", "amount": "\(refund.amount)"]
        fields["quickbooks_document"] = document
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: key, title: title, text: text, fields: fields, next: ["stateset refunds show \(refund.id)"])),
            subject: refund.id.description)
    }
}
