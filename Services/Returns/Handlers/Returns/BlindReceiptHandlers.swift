import Commerce
import Contracts
import Messaging
import Views

/// A person has found out whose goods these are: the return takes them as it takes all others, so that its refund is
/// reckoned once, of everything that came.
///
/// *Guarantees*: the same again changes nothing, and no goods are two returns'. What the return does not await is beside
/// its goods. Nobody announced them: a person inspects them.
struct MatchBlindReceiptHandler: CommandHandler {
    func handle(_ command: MatchBlindReceipt, in transaction: HandlerTransaction) async throws -> Done {
        guard let orderID = try await ReturnStore(transaction).orderID(of: command.returnID) else {
            throw Refusal(
                code: "unknown_return", message: "There is no return \(command.returnID).", field: "return_id")
        }
        // The order's ledger is locked before its returns.
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        let store = BlindReceiptStore(transaction)
        let receipt = try await store.require(command.blindReceiptID)
        guard receipt.returnID != command.returnID else { return Done() }
        try receipt.require(.match)
        try await check(receipt, goods, transaction)
        try await receipt.give(to: command.returnID, by: "match", because: command.reason, in: transaction)
        if receipt.goods.isEmpty, let number = receipt.number {
            try transaction.send(
                ReadWarehouseReturn(returnID: command.returnID, number: number),
                subject: command.returnID.description)
        } else {
            try await WarehouseGoods(transaction).takeMatched(&goods)
        }
        return Done()
    }

    private func check(
        _ receipt: BlindReceiptRecord, _ goods: ReturnCase, _ transaction: HandlerTransaction
    ) async throws {
        let row = goods.row
        guard receipt.kind != .beside || receipt.cameWith != row.id else {
            throw Refusal(
                code: "same_return",
                message: "They came beside the goods that this return awaits: name the return that they are of.",
                field: "return_id")
        }
        guard goods.permits(.receive) || !row.status.holdsUnits else {
            throw Refusal(
                code: "not_allowed",
                message: "A return that is \(row.status.rawValue) awaits nothing: reopen it, or name another.",
                field: "return_id")
        }
        if let number = receipt.number, let owner = try await WarehouseReturnStore(transaction).known([number])[number],
            owner != row.id
        {
            throw Refusal(code: "not_allowed", message: "They are those of return \(owner), as the warehouse knows it.")
        }
        let awaited = Set(row.units.filter { !$0.stays }.map(\.sku))
        guard receipt.goods.isEmpty || receipt.goods.contains(where: { awaited.contains($0.sku) }) else {
            throw Refusal(
                code: "nothing_awaited", message: "The return has none of these goods.", field: "return_id")
        }
    }
}

/// The goods are no return's, and a person says what has become of them. The same again changes nothing.
struct DismissBlindReceiptHandler: CommandHandler {
    func handle(_ command: DismissBlindReceipt, in transaction: HandlerTransaction) async throws -> Done {
        let store = BlindReceiptStore(transaction)
        let receipt = try await store.require(command.blindReceiptID)
        guard receipt.status != .dismissed else { return Done() }
        try receipt.require(.dismiss)
        try await store.dismiss(receipt.id, command.reason)
        try await transaction.audit(
            AuditEntry(
                action: "blind_receipt.dismiss", subject: receipt.id.description, reason: command.reason,
                before: try RawJSON(encoding: ["status": receipt.status.rawValue]),
                after: try RawJSON(encoding: ["status": BlindReceiptStatus.dismissed.rawValue])))
        return Done()
    }
}

extension BlindReceiptStore {
    /// With its lock. Failure: a ``Refusal`` `not_found`.
    func require(_ id: BlindReceiptID) async throws -> Record {
        guard let record = try await lock(id) else {
            throw Refusal(code: "not_found", message: "There is no blind receipt \(id).")
        }
        return record
    }
}

extension BlindReceiptRecord {
    /// Failure: a ``Refusal`` `not_allowed` where its life cycle has no such step for a person.
    func require(_ event: BlindReceiptEvent) throws(Refusal) {
        let transition = BlindReceiptLifeCycle.blindReceipt.transition(from: status, on: event)
        guard transition?.who.contains(.staff) == true else {
            let owner = returnID.map { "They are those of return \($0) already." }
            throw Refusal(
                code: "not_allowed", message: owner ?? "What is \(status.rawValue) takes no \(event.rawValue).")
        }
    }

    /// Says whose goods they are, on its timeline and in the audit log; the return has not taken them yet.
    /// - Parameter verb: what a person has done.
    func give(
        to returnID: ReturnID, by verb: String, because reason: String, in transaction: HandlerTransaction
    ) async throws {
        try await BlindReceiptStore(transaction).match(id, to: returnID, reason)
        ReturnTimeline(returnID, transaction).append(
            ReturnHappening(
                "return.goods_matched", "Goods that nobody had awaited are its: \(reason)", externalRef: number,
                dedupeKey: id.description))
        try await transaction.audit(
            AuditEntry(
                action: "blind_receipt.\(verb)", subject: id.description, reason: reason,
                before: try RawJSON(encoding: ["status": status.rawValue]),
                after: try RawJSON(
                    encoding: [
                        "status": BlindReceiptStatus.matched.rawValue, "return_id": returnID.description,
                    ])))
    }
}
