import Commerce
import Contracts
import Messaging

/// Ends a claim that does not go on.
struct WithdrawWarrantyHandler: CommandHandler {
    func handle(_ command: WithdrawWarranty, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        if claim.row.status != .rejected, claim.row.status != .expired { claim.follow(.cancel) }
        if goods?.row.receivedAt != nil, claim.row.status != .rejected {
            try await tellOfGoods(claim, in: transaction)
        }
        try await WarrantyEnd(transaction: transaction).end(&claim, &goods)
        return Done()
    }
}

extension WithdrawWarrantyHandler {
    /// Nobody has decided what becomes of goods that came in while their claim ended.
    private func tellOfGoods(_ claim: WarrantyCase, in transaction: HandlerTransaction) async throws {
        let text = "The goods of a claim that is \(claim.row.status.rawValue) are here: send them back to the customer."
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "warranty_goods_left/\(claim.row.id)", title: "Goods of an ended warranty claim are here",
                    text: text, fields: ["warranty": "\(claim.row.id)", "sku": claim.row.sku],
                    next: ["stateset warranties show \(claim.row.id)"])),
            subject: claim.row.id.description)
        try await claim.note(ReturnHappening("warranty.goods_left", text, dedupeKey: "end"))
    }
}

/// Everything is done, or a person has given up after money had moved.
struct CloseWarrantyHandler: CommandHandler {
    func handle(_ command: CloseWarranty, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ClaimedReturn.lock(of: command.warrantyID, in: transaction)
        if let row = goods?.row { try await BooksAlert(of: row, transaction).sendWhereNeeded() }
        var claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        guard claim.row.status != .rejected else {
            try await WarrantyEnd(transaction: transaction).end(&claim, &goods)
            return Done()
        }
        if goods?.follow(.close) == true {
            try await goods?.save(ReturnHappening("return.closed", "The claim is settled.", dedupeKey: "claim"))
        }
        if claim.row.remedy == .repair, let row = goods?.row {
            try await ShopUnits.release(heldBy: row.id.uuid, of: row.orderID, in: transaction)
        }
        // WHY: a claim that has not helped does not rest; its saga stops here for an operator to look at.
        try claim.move(.close)
        try await claim.save(ReturnHappening("warranty.closed", "Everything is done.", dedupeKey: "close"))
        return Done()
    }
}

/// The end of a claim that has not helped: its return ends with it, its units are free, its customer is told.
struct WarrantyEnd: Sendable {
    let transaction: HandlerTransaction

    func end(_ claim: inout WarrantyCase, _ goods: inout ReturnCase?) async throws {
        try await end(&goods, as: claim.row)
        try await tell(claim.row, goods?.row)
        try await claim.save(
            ReturnHappening("warranty.\(claim.row.status.rawValue)", Self.summary(claim.row), dedupeKey: "end"))
    }

    private func end(_ goods: inout ReturnCase?, as claim: WarrantyRow) async throws {
        guard var ending = goods else { return }
        ending.end(claim.status == .rejected ? .reject : .cancel)
        ending.row.reason = claim.reason
        try ending.row.giveUpReplacement(in: transaction)
        // WHY: what lies here undecided is not to be returned or claimed a second time.
        if ending.row.receivedAt == nil || claim.status == .rejected {
            try await ShopUnits.release(heldBy: ending.row.id.uuid, of: ending.row.orderID, in: transaction)
        }
        try await ending.save(
            ReturnHappening(
                "return.\(ending.row.status.rawValue)", "The claim is \(claim.status.rawValue).", dedupeKey: "claim"))
        goods = ending
    }

    private func tell(_ claim: WarrantyRow, _ goods: ReturnRow?) async throws {
        let told: (mail: MailName, message: PostReturnMessage.Message)? =
            switch claim.status {
            case .cancelled: (.warrantyCancelled, .cancelled)
            case .expired: (.warrantyExpired, .expired)
            case .rejected: (.warrantyRejected, .rejected)
            default: nil
            }
        guard let told else { return }
        try await WarrantyNotice(told.mail, of: claim).send(in: transaction)
        guard let goods else { return }
        try transaction.send(
            PostReturnMessage(returnID: goods.id, message: told.message), subject: goods.id.description)
    }

    private static func summary(_ row: WarrantyRow) -> String {
        switch row.status {
        case .rejected: "The claim is rejected: \(row.reason?.message ?? "no reason was given")"
        case .expired: "Nothing was sent in in time."
        default: "The claim is cancelled, and everything done for it undone."
        }
    }
}

extension ReturnCase {
    /// WHY: goods that are here leave a return only by way of a person, who has decided on the claim.
    fileprivate mutating func end(_ event: ReturnEvent) {
        guard row.status.holdsUnits, !follow(event, by: .staff) else { return }
        guard follow(.review) else { return }
        follow(event, by: .staff)
    }
}
