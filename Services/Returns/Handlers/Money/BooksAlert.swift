import Commerce
import Contracts
import Messaging

/// The books of a return that has ended without its money: people are told what to put right there.
///
/// WHY: a credit or receipt may be in a closed period or reconciled by then; only who keeps the books can say how it is
/// reversed.
struct BooksAlert: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(of row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    /// Nothing to say where the money has arrived, or none of it was entered or given.
    func sendWhereNeeded() async throws {
        let refunds = RefundStore(transaction)
        guard let refundID = row.refundID, let refund = try await refunds.find(refundID), refund.status == .failed,
            try await refunds.succeeded(of: row.id) == nil
        else { return }
        let isBooked = try await refunds.isBooked(row.id)
        let documents = isBooked ? row.bookedDocuments : [:]
        let isGivenInPart = refund.error?.code == Refusal.refundFailedInPart
        guard !documents.isEmpty || isGivenInPart else { return }
        let text = [
            documents.isEmpty ? nil : "What was entered of the refund has come back: reverse it in the books.",
            isGivenInPart ? refund.error?.message : nil, isGivenInPart ? "Enter no more than that." : nil,
        ].compactMap(\.self).joined(separator: " ")
        let fields = ["return": "\(row.id)", "order": "\(row.orderID)", "refund": "\(refund.id)"]
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "refund_books/\(row.key)", title: "A return has ended unpaid, and the books say otherwise",
                    text: text, fields: fields.merging(documents) { first, _ in first },
                    next: ["stateset returns show \(row.id)", "stateset refunds show \(refund.id)"])),
            subject: row.id.description)
        ReturnTimeline(row.id, transaction).append(ReturnHappening(Self.happening, text, dedupeKey: row.key))
    }

    private static let happening = "return.books_to_correct"

    /// Whether people were told before to reverse what the books have of a return.
    static func wasSent(of id: ReturnID, in transaction: HandlerTransaction) async throws -> Bool {
        try await ReturnTimeline(id, transaction).last(happening) != nil
    }
}

extension ReturnRow {
    /// What was entered of its money, by the system that has it.
    fileprivate var bookedDocuments: [String: String] {
        let names = [("netsuite_credit", "netsuite_credit"), ("quickbooks", "quickbooks_document")]
        return Dictionary(uniqueKeysWithValues: names.compactMap { key, name in externalIDs[key].map { (name, $0) } })
    }
}
