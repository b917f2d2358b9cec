import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// A mail about a return, on its way to `notifications`, which sends it once for each (notice, return, version).
struct ReturnNotice: Sendable {
    private let notice: MailName
    private let row: ReturnRow
    private let version: String
    private let bonus: Money?
    private let stage: ReviewStage

    /// - Parameters:
    ///   - bonus: what is told of; nil for what was given with the return's refund.
    ///   - stage: what is looked at, where a review is told of.
    init(
        _ notice: MailName, of row: ReturnRow, version: String = "1", bonus: Money? = nil, stage: ReviewStage = .request
    ) {
        self.notice = notice
        self.row = row
        self.version = version
        self.bonus = bonus
        self.stage = stage
    }

    func send(in transaction: HandlerTransaction) async throws {
        let isLabel = notice == .returnLabel || notice == .returnReminder
        let documents = isLabel ? row.label?.documents ?? [] : []
        try transaction.send(
            SendEmail(
                template: notice, orderID: row.orderID, subject: row.id.description, version: version,
                values: try await values(transaction), locale: row.request.locale, documents: documents),
            subject: row.id.description)
    }

    private func values(_ transaction: HandlerTransaction) async throws -> MailValues {
        var texts = ["return_number": row.id.description]
        switch notice {
        case .returnInReview: if let name = stage.mailText { texts[name] = MailValues.yes }
        case .returnRejected: texts["reason"] = try await RejectionWords.of(row, in: transaction).text
        case .returnUnrefunded: texts["reason"] = try await CustomerMessageStore(transaction, of: row.id).find()
        default: break
        }
        texts["date"] = try await date(transaction)
        if notice == .returnLabel { texts["kept"] = kept }
        if notice == .returnPartlyApproved, !row.declined.messages.isEmpty {
            texts["reason"] = row.declined.messages.joined(separator: "\n\n")
        }
        if let label = row.label { texts.merge(label.mailTexts) { _, new in new } }
        if let change = row.subscriptionChange { texts.merge(change.mailTexts) { _, new in new } }
        if let refundID = row.refundID, let refund = try await RefundStore(transaction).find(refundID) {
            texts["amount"] = refund.amount.decimalString
            texts["currency"] = refund.amount.currency.code
            if refund.destination == .storeCredit { texts["store_credit"] = MailValues.yes }
            texts["bonus"] = try await BonusStore(transaction).granted(with: refund)?.decimalString
        }
        if let bonus {
            texts["bonus"] = bonus.decimalString
            texts["currency"] = bonus.currency.code
        }
        let isOfDeclined = notice == .returnPartlyApproved
        return MailValues(texts, lines: isOfDeclined ? row.declined.map(\.mailLine) : Self.lines(told))
    }

    /// The day by which the parcel has to be here, or had to.
    private func date(_ transaction: HandlerTransaction) async throws -> String? {
        switch notice {
        case .returnExpired: return BusinessDay.text(transaction.now)
        case .returnReminder:
            guard
                let ground = try await ReturnGround.read(
                    row.orderID, policy: row.policyVersion, in: transaction.database)
            else { return nil }
            let expiry = ReturnPlan(row, ground.policy).expirySeconds
            return try await ReturnTimeline(row.id, transaction).expiryDay(after: expiry)
        default: return nil
        }
    }

    /// The units that the mail is about.
    private var told: [ReturnUnit] {
        switch notice {
        case .returnLabel: row.units.filter { !$0.stays }
        case .returnReceived: row.units.filter(\.isHere)
        case .returnInReview where stage == .goods: row.units.filter(\.isHere)
        default: row.units
        }
    }

    /// What stays with the customer; nil for nothing.
    private var kept: String? {
        let kept = Self.lines(row.units.filter(\.stays)).map { "\($0.quantity) × \($0.title)" }
        return kept.isEmpty ? nil : kept.joined(separator: ", ")
    }

    /// Units of one title together.
    private static func lines(_ units: [ReturnUnit]) -> [MailValues.Line] {
        var lines: [MailValues.Line] = []
        for unit in units {
            let title = unit.title.isEmpty ? unit.sku : unit.title
            if let index = lines.firstIndex(where: { $0.title == title }) {
                lines[index].quantity += 1
            } else {
                lines.append(.init(title: title, quantity: 1))
            }
        }
        return lines
    }
}

extension DeclinedLine {
    fileprivate var mailLine: MailValues.Line { .init(title: name, quantity: quantity) }
}

extension ReturnShippingLabel {
    /// What a mail says of it.
    var mailTexts: [String: String] {
        var texts = ["carrier": carrier, "tracking_number": trackingNumber]
        texts["link"] = url
        if isVoided { texts["voided"] = MailValues.yes }
        if replaces != nil { texts["replaces"] = MailValues.yes }
        guard let paperless, paperless.missing == nil, !isVoided else { return texts }
        if paperless.documentID != nil { texts["paperless"] = MailValues.yes }
        texts["handoff_code"] = paperless.code
        texts["instructions"] = paperless.instructions
        return texts
    }
}

extension ReturnTimeline {
    /// The day on which a parcel expires whose label was sent; nil where none was.
    func expiryDay(after seconds: Int) async throws -> String? {
        try await last("return.label_sent").map { BusinessDay.text($0.addingTimeInterval(TimeInterval(seconds))) }
    }
}

struct NotifyReturnCustomerHandler: CommandHandler {
    func handle(_ command: NotifyReturnCustomer, in transaction: HandlerTransaction) async throws -> Done {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        // WHY: a return that was taken up again is told of again.
        var version = row.generation == 1 ? command.version : "\(command.version)-\(row.generation)"
        // WHY: so is money that was given in the place of what had failed, each refund once.
        if command.notice == .returnRefunded,
            let key = try await RefundStore(transaction).newsKey(of: row.refundID, for: row.id)
        {
            version = row.generation == 1 ? key : "\(key)-\(row.generation)"
        }
        try await ReturnNotice(command.notice, of: row, version: version).send(in: transaction)
        if command.notice == .returnRefunded, let refundID = row.refundID,
            try await RefundStore(transaction).find(refundID)?.destination == .storeCredit
        {
            try await BonusStore(transaction).noteTold(row.id)
        }
        return Done()
    }
}
