import Commerce
import Contracts
import Foundation
import Messaging

/// Goods that have a place in stock already and are looked at again: where they belong elsewhere now, they follow.
///
/// *Guarantees*: what we have put into the shop's stock is taken out again, or put there once its money is through, by the
/// command that keeps the count. What an ERP has received is nobody's to move from here: people are told.
struct RegradedGoods: Sendable {
    private let before: [ReturnUnit]
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    /// - Parameter before: its units before they were looked at.
    init(_ before: [ReturnUnit], _ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.before = before
        self.row = row
        self.transaction = transaction
    }

    func follow() async throws {
        let isInShop = try await !RestockStore(transaction).all(of: row.id).isEmpty
        guard isInShop || row.erpReceipt != nil else { return }
        let policy = try await PolicyStore(transaction).find(row.policyVersion, as: ReturnPolicy.self)
        let moved = zip(before, row.units).filter { $0.isSoldAgain(under: policy) != $1.isSoldAgain(under: policy) }
            .map(\.1)
        guard !moved.isEmpty else { return }
        if isInShop { try transaction.send(RestockReturn(returnID: row.id), subject: row.id.description) }
        try alert(
            intoStock: moved.filter { $0.isSoldAgain(under: policy) },
            outOfStock: moved.filter { !$0.isSoldAgain(under: policy) })
    }

    private func alert(intoStock: [ReturnUnit], outOfStock: [ReturnUnit]) throws {
        guard let receipt = row.erpReceipt else { return }
        let place = "at the location of \(receipt)"
        let text = [
            outOfStock.isEmpty
                ? nil
                : "NetSuite has \(outOfStock.words) in stock \(place), and graded anew, it is not sold again: take it out.",
            intoStock.isEmpty
                ? nil
                : "NetSuite has \(intoStock.words) \(place) and not in stock, and graded anew, it is sold again: put it "
                    + "into stock once the return's money is through.",
        ].compactMap(\.self).joined(separator: " ")
        let happening = ReturnHappening(
            "return.regraded", text, dedupeKey: "\(row.key)-\(transaction.now.timeIntervalSince1970)")
        ReturnTimeline(row.id, transaction).append(happening)
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_regraded/\(happening.dedupeKey)",
                    title: "Goods that NetSuite has received are graded anew", text: text,
                    fields: ["return": "\(row.id)", "order": "\(row.orderID)", "location": receipt],
                    next: ["stateset returns show \(row.id)"])),
            subject: row.id.description)
    }
}

extension ReturnRow {
    /// What NetSuite has received its goods with, in words; nil where it has not.
    fileprivate var erpReceipt: String? {
        let receipts = ["netsuite_receipt", "netsuite_receipt_other"].compactMap { externalIDs[$0] }
        guard receipts.isEmpty else { return "item receipt \(receipts.joined(separator: " and "))" }
        return externalIDs["netsuite_credit"].map { "credit \($0)" }
    }
}

extension [ReturnUnit] {
    /// `2 of MIE-ROBE-S, 1 of MIE-SLIP-S`
    fileprivate var words: String { bySKU.map { "\($0.quantity) of \($0.sku)" }.joined(separator: ", ") }
}
