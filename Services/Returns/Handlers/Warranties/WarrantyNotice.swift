import Commerce
import Contracts
import Messaging
import Postgres
import Views

/// A mail about a claim, on its way to `notifications`, which sends it once for each (notice, claim, version).
struct WarrantyNotice: Sendable {
    /// Those that speak of the label by which the goods come in.
    private static let ofLabel: Set<MailName> = [
        .warrantyApproved, .warrantyReminder, .warrantyCancelled, .warrantyExpired,
    ]

    private let notice: MailName
    private let row: WarrantyRow
    private let version: String

    init(_ notice: MailName, of row: WarrantyRow, version: String = "1") {
        self.notice = notice
        self.row = row
        self.version = version
    }

    func send(in transaction: HandlerTransaction) async throws {
        guard let record = try await WarrantyRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        let isLabel = notice == .warrantyApproved || notice == .warrantyReminder
        let documents = isLabel ? record.label?.documents ?? [] : []
        var values = values(record)
        values.texts["date"] = try await date(transaction)
        if notice == .warrantyRejected {
            values.texts["reason"] = try await RejectionWords.of(row, in: transaction).text
        }
        try transaction.send(
            SendEmail(
                template: notice, orderID: row.orderID, recipient: try await recipient(transaction),
                subject: row.id.description, version: version, values: values, locale: row.request.locale,
                documents: documents),
            subject: row.id.description)
    }

    /// Nil where the order tells.
    private func recipient(_ transaction: HandlerTransaction) async throws -> SendEmail.Recipient? {
        guard row.orderID == nil, let id = row.registrationID,
            let registration = try await RegistrationRecords.find(id, in: transaction.database)
        else { return nil }
        return .init(email: registration.email, name: registration.name)
    }

    /// The day by which the goods have to be here, or had to.
    private func date(_ transaction: HandlerTransaction) async throws -> String? {
        if notice == .warrantyExpired { return BusinessDay.text(transaction.now) }
        guard notice == .warrantyReminder, let goods = try await ReturnStore(transaction).find(of: row.id) else {
            return nil
        }
        let terms = try await WarrantyTerms.of(row, in: transaction)
        return try await ReturnTimeline(goods.id, transaction).expiryDay(after: terms.expiry.wholeSeconds)
    }

    private func values(_ record: WarrantyRecord) -> MailValues {
        var texts = ["return_number": row.id.description]
        if Self.ofLabel.contains(notice) {
            texts.merge(record.label?.mailTexts ?? [:]) { _, new in new }
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
        let version = try await version(of: command.notice, claim, transaction)
        try await WarrantyNotice(command.notice, of: claim.row, version: version).send(in: transaction)
        return Done()
    }

    /// Each refund is told once, also one in the place of another that had failed.
    private func version(
        of notice: MailName, _ claim: WarrantyCase, _ transaction: HandlerTransaction
    ) async throws -> String {
        guard notice == .returnRefunded, let (goods, refund) = claim.refund else { return "1" }
        return try await RefundStore(transaction).newsKey(of: refund, for: goods) ?? "1"
    }
}
