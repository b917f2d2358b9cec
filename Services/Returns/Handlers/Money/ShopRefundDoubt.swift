import Commerce
import Contracts
import Messaging

/// Refunds that somebody made in the shop, of lines whose units are in open returns: it may be the same goods, and nobody
/// but a person can tell.
///
/// *Guarantees*: such a return gives neither money nor new goods until a person has approved it knowing of the refund, and of
/// each one that came after it.
/// *Not guaranteed*: of an exchange whose goods were set aside before, the customer may still pay what they cost more.
struct ShopRefundDoubt: Sendable {
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    /// - Parameter ledger: under its lock.
    init(of ledger: Ledger, _ transaction: HandlerTransaction) {
        self.ledger = ledger
        self.transaction = transaction
    }

    func tell(_ news: [ShopUnits.News]) async throws {
        for item in news {
            let returns = try await HeldUnitStore(transaction, of: ledger.orderID).openReturns(of: item.line.id)
            for id in returns { try await write(item, on: id) }
            guard !returns.isEmpty || item.missing > 0 else { continue }
            try alert(item, returns)
        }
    }

    private func write(_ item: ShopUnits.News, on id: ReturnID) async throws {
        var goods = try await ReturnCase.lock(id, in: transaction)
        let doubt = goods.row.shopRefund.map { $0.with(item.doubt) } ?? item.doubt
        goods.row.shopRefund = doubt
        if goods.row.status == .inReview { try goods.review(goods.row.reason ?? doubt) }
        try await WarrantyCase.hear(doubt: doubt, of: goods.row, in: transaction)
        try await goods.save(
            ReturnHappening(
                "return.refunded_in_shop", item.doubt.message,
                dedupeKey: "\(goods.row.key)-\(item.line.id)-\(item.total)"))
    }

    private func alert(_ item: ShopUnits.News, _ returns: [ReturnID]) throws {
        var fields = ["order": "\(ledger.orderID)", "line": item.line.id, "sku": item.line.sku]
        if !returns.isEmpty { fields["returns"] = returns.map(\.description).joined(separator: ", ") }
        let text =
            returns.isEmpty
            ? "\(item.fact) All of them are given back already, or about to be: see whether it was paid twice."
            : item.doubt.message
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "refunded_in_shop/\(ledger.orderID)/\(item.line.id)/\(item.total)",
                    title: "Goods that are being returned were refunded in the shop", text: text, fields: fields)),
            subject: ledger.orderID.description)
    }
}

extension ShopUnits.News {
    /// WHY: with all of them together, so that one more refund of as many units is never taken for the one that was told.
    fileprivate var fact: String {
        let name = line.sku.isEmpty ? "line \(line.id)" : line.sku
        let what = isEdited ? "removed from the order in the shop, or refunded there" : "refunded in the shop"
        let inAll = total == quantity ? "" : ", \(total) in all"
        let units = "\(quantity) × \(name) \(quantity == 1 ? "was" : "were") \(what)\(inAll)"
        return missing == 0 ? "\(units)." : "\(units), of which \(missing) can only be of a return or refund of ours."
    }

    /// What a person has to know who decides about a return of the line.
    fileprivate var doubt: Refusal {
        Refusal(
            code: Refusal.refundedInShop,
            message:
                "\(fact) Approve the return only if that was not for the same goods: approved, it is paid as well.")
    }
}

extension Refusal {
    /// Somebody has refunded units in the shop of a line that a return is of.
    static let refundedInShop = "refunded_in_shop"

    /// The same with the words of another behind it; those that say the same are said once.
    func with(_ other: Refusal) -> Refusal {
        guard !message.contains(other.message) else { return self }
        let told = other.message.contains(message) ? other.message : "\(message) \(other.message)"
        return Refusal(code: code, message: told, field: field)
    }
}

extension ReturnRow {
    /// A person has approved it who was told this: what was refunded in the shop stands against it no longer, if that was
    /// among it.
    /// - Returns: whether it was.
    @discardableResult
    mutating func approve(knowing reason: Refusal?) -> Bool {
        guard let shopRefund, reason?.message.contains(shopRefund.message) == true else { return false }
        self.shopRefund = nil
        return true
    }
}
