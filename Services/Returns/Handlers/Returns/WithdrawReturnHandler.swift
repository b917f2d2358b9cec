import Commerce
import Contracts
import Messaging

/// Ends a return that does not go on: its units are free again, and its customer is told.
struct WithdrawReturnHandler: CommandHandler {
    func handle(_ command: WithdrawReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if goods.row.status != .rejected, goods.row.status != .expired { cancel(&goods) }
        let key = goods.row.key
        try await tell(goods.row, transaction)
        // The next life must not find this one's effects.
        goods.row.generation += 1
        if !goods.row.status.holdsUnits {
            try await HeldUnitStore(transaction, of: orderID).releaseAll(heldBy: goods.row.id.uuid)
        }
        try await goods.save(
            ReturnHappening("return.\(goods.row.status.rawValue)", Self.summary(goods.row), dedupeKey: "end-\(key)"))
        return Done()
    }

    /// What has come in already stays with a person instead.
    private func cancel(_ goods: inout ReturnCase) {
        guard !goods.follow(.cancel, by: .staff) else { return }
        guard goods.follow(.review) else { return }
        goods.row.reason = Refusal(
            code: "withdrawn",
            message: "The return was called off when its goods were here; decide what becomes of them.")
    }

    private func tell(_ row: ReturnRow, _ transaction: HandlerTransaction) async throws {
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
        default: row.reason?.message ?? "The return is in review."
        }
    }
}
