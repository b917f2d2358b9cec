import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// A mail about a claim, on its way to `notifications`, which sends it once for each (notice, claim).
struct WarrantyNotice: Sendable {
    private let notice: MailName
    private let row: WarrantyRow

    init(_ notice: MailName, of row: WarrantyRow) {
        self.notice = notice
        self.row = row
    }

    func send(in transaction: HandlerTransaction) async throws {
        guard let record = try await WarrantyRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        let documents = notice == .warrantyApproved ? [record.label?.documentID].compactMap(\.self) : []
        try transaction.send(
            SendEmail(
                template: notice, orderID: row.orderID, recipient: try await recipient(transaction),
                subject: row.id.description, values: values(record), documents: documents),
            subject: row.id.description)
    }

    /// Nil where the order tells.
    private func recipient(_ transaction: HandlerTransaction) async throws -> SendEmail.Recipient? {
        guard row.orderID == nil, let id = row.registrationID,
            let registration = try await RegistrationRecords.find(id, in: transaction.database)
        else { return nil }
        return .init(email: registration.email, name: registration.name)
    }

    private func values(_ record: WarrantyRecord) -> MailValues {
        var texts = ["return_number": row.id.description]
        texts["reason"] = row.reason?.message
        if notice == .warrantyApproved, let label = record.label {
            texts["carrier"] = label.carrier
            texts["tracking_number"] = label.trackingNumber
            texts["link"] = label.url
        } else if let parcel = row.parcel {
            texts["carrier"] = parcel.carrier
            texts["tracking_number"] = parcel.trackingNumber
        }
        if let amount = record.refund?.amount {
            texts["amount"] = amount.decimalString
            texts["currency"] = amount.currency.code
        }
        let title = row.title.isEmpty ? row.sku : row.title
        return MailValues(texts, lines: [.init(title: title, quantity: row.quantity)])
    }
}

struct NotifyClaimantHandler: CommandHandler {
    func handle(_ command: NotifyClaimant, in transaction: HandlerTransaction) async throws -> Done {
        let claim = try await WarrantyCase.lock(command.warrantyID, in: transaction)
        try await WarrantyNotice(command.notice, of: claim.row).send(in: transaction)
        return Done()
    }
}
