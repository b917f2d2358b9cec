import Commerce
import Contracts
import Messaging

/// The end of a return that does not go on, whoever ends it: its units are free again, and its customer is told.
struct ReturnEnd: Sendable {
    let transaction: HandlerTransaction

    /// Writes down a return that has ended, or that stays with a person instead.
    func end(_ goods: inout ReturnCase) async throws {
        let key = goods.row.key
        try await tell(goods.row)
        try goods.row.giveUpReplacement(in: transaction)
        // The next life must not find this one's effects.
        goods.row.generation += 1
        // What was kept for goods that the shop refused to set aside.
        try await ExchangeStore(transaction).release(goods.row.id)
        if !goods.row.status.holdsUnits {
            try await ShopUnits.release(heldBy: goods.row.id.uuid, of: goods.row.orderID, in: transaction)
        }
        try await goods.save(
            ReturnHappening("return.\(goods.row.status.rawValue)", Self.summary(goods.row), dedupeKey: "end-\(key)"))
    }

    private func tell(_ row: ReturnRow) async throws {
        let told: (mail: MailName, message: PostReturnMessage.Message)? =
            switch row.status {
            case .cancelled: (.returnCancelled, .cancelled)
            case .expired: (.returnExpired, .expired)
            case .rejected: (.returnRejected, .rejected)
            default: nil
            }
        guard let told else { return }
        try await ReturnNotice(told.mail, of: row, version: row.key).send(in: transaction)
        try transaction.send(
            PostReturnMessage(returnID: row.id, message: told.message), subject: row.id.description)
    }

    private static func summary(_ row: ReturnRow) -> String {
        switch row.status {
        case .rejected: "The return is rejected: \(row.reason?.message ?? "no reason was given")"
        case .expired: "Nothing was sent back in time."
        case .cancelled: "The return is cancelled, and everything done for it undone."
        case .closed: "What was begun for the return is undone."
        default: row.reason?.message ?? "The return is in review."
        }
    }
}
