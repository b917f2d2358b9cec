import Commerce
import Contracts
import Messaging
import Views

struct RecordLabelSentHandler: CommandHandler {
    func handle(_ command: RecordLabelSent, in transaction: HandlerTransaction) async throws -> Done {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        // The carrier or the warehouse may have been quicker.
        guard goods.follow(.labelSent) else { return Done() }
        let label = goods.row.label
        try await goods.save(
            ReturnHappening(
                "return.label_sent", label == nil ? "The customer was told where to send it." : "The label was sent.",
                externalRef: label?.trackingNumber, dedupeKey: goods.row.key))
        return Done()
    }
}

struct RemindOfReturnHandler: CommandHandler {
    func handle(_ command: RemindOfReturn, in transaction: HandlerTransaction) async throws -> Done {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard goods.row.status == .labelSent else { return Done() }
        let version = "\(goods.row.key)-\(command.number)"
        if let claim = goods.row.warrantyID {
            let row = try await WarrantyCase.lock(claim, in: transaction).row
            try await WarrantyNotice(.warrantyReminder, of: row, version: version).send(in: transaction)
        } else {
            try await ReturnNotice(.returnReminder, of: goods.row, version: version).send(in: transaction)
        }
        ReturnTimeline(command.returnID, transaction).append(
            ReturnHappening(
                "return.reminded", "The customer was reminded.", dedupeKey: version))
        return Done()
    }
}

struct CloseReturnHandler: CommandHandler {
    func handle(_ command: CloseReturn, in transaction: HandlerTransaction) async throws -> Done {
        let orderID = try await OrderOfReturn.find(command.returnID, in: transaction)
        _ = try await LedgerStore(transaction).lock(orderID)
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await BooksAlert(of: goods.row, transaction).sendWhereNeeded()
        if goods.follow(.close) {
            let row = goods.row
            let isUnrefunded = row.refundID == nil && row.exchangeOrder == nil
            try await goods.save(
                ReturnHappening(
                    "return.closed",
                    isUnrefunded ? "It is done, and nothing is given back." : "Everything is done.",
                    dedupeKey: row.key))
        } else if goods.row.status == .rejected, goods.row.exchangeOrder == nil {
            // A person has given up on money that did not arrive.
            try await ReturnEnd(transaction: transaction).end(&goods)
        }
        return Done()
    }
}
