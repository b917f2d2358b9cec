import Commerce
import Contracts
import Messaging
import Views

/// Units that came with a return beyond what it awaits: they are beside its goods, and a blind receipt until somebody
/// has found out whose they are.
struct ExtraGoods: Sendable {
    private var goods: [BlindReceiptRecord.Goods] = []

    /// Failure: a ``Refusal`` with the field that is wrong.
    mutating func add(_ line: ReceiveReturn.Line, _ field: String) throws(Refusal) {
        guard let sku = line.sku, !sku.isEmpty else {
            throw Refusal(code: "no_sku", message: "Name the SKU of what came beside.", field: "\(field).sku")
        }
        // WHY: the warehouse counts what it has, and no more than its own number holds.
        guard (1...Int(Int32.max)).contains(line.quantity) else {
            throw Refusal(
                code: "bad_quantity", message: "Give a quantity of 1 to \(Int32.max).", field: "\(field).quantity")
        }
        goods.append(.init(sku: sku, quantity: line.quantity))
    }

    /// - Returns: the blind receipt that they are kept as; nil where there are none.
    func keep(with id: ReturnID, in transaction: HandlerTransaction) async throws -> BlindReceiptID? {
        guard !goods.isEmpty else { return nil }
        for one in goods { try await ReturnStore(transaction).addExtra(one.sku, one.quantity, to: id) }
        return try await BlindReceiptStore(transaction).add(goods, .beside, cameWith: id)
    }

    /// Keeps them and tells people what to do: once for each that tells of more, and of what is open of one return within
    /// a while in one message.
    func keepAndTell(with row: ReturnRow, in transaction: HandlerTransaction) async throws {
        guard let kept = try await keep(with: row.id, in: transaction) else { return }
        let items = goods.together.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "extra_goods/\(kept)", title: "More came in with a return than it awaits",
                    text: "\(items): nothing is paid for what came beside its goods. Find out whose they are and "
                        + "match them to that return, or dismiss them.",
                    fields: ["return": "\(row.id)", "order": "\(row.orderID)", "blind_receipt": "\(kept)"],
                    next: ["stateset returns blind show \(kept)"] + kept.decisions)),
            subject: row.id.description)
    }
}
