import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Enters a refund in QuickBooks: as a refund receipt, or as a credit memo where the customer got store credit.
struct RecordRefundInBooksHandler: EffectHandler {
    typealias Message = RecordRefundInBooks

    let accounts: ProviderAccounts
    let effect = EffectKind("quickbooks", "refund.post", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        struct Line: Codable, Sendable {
            var description: String
            var quantity: Int
            var amount: Money
        }

        var docNumber: String
        var requestID: String
        var isStoreCredit: Bool
        var email: String?
        var lines: [Line]
        var tax: Money?
        var memo: String
        var privateNote: String
        var paymentReference: String?
        var returnID: ReturnID?
        /// Whether no saga would show a refusal; nil from a build that entered none of these.
        var isUnattended: Bool?
    }

    struct Outcome: Codable, Sendable {
        var documentID: String?
        /// What QuickBooks makes of it, with the tax that it reckons itself; nil where it does not say.
        var total: String?
        /// Why a refund that no saga drives is not entered; nil where it is, and where nobody keeps books there.
        var refusal: Refusal?
    }

    func plan(
        _ command: RecordRefundInBooks, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RecordRefundInBooks.Reply> {
        let refund = try await BookedRefund.find(command.refundID, in: transaction)
        let (refunds, key) = (RefundStore(transaction), "refund.post:\(command.refundID)")
        // WHY: a call that is under way ends, whatever has become of the money meanwhile: what it entered is told then.
        var isToEnter = refund.status.isDone
        if !isToEnter { isToEnter = try await refunds.hasOpenEffect(key) }
        guard isToEnter else {
            throw Refusal(
                code: "refund_not_succeeded",
                message: "Refund \(command.refundID) is \(refund.status.rawValue): nothing is entered yet.")
        }
        let order = try await OrderView(transaction).document(of: refund.orderID)
        var request = Request(command.refundID, refund, of: order)
        if let row = try await refunds.find(command.refundID) {
            request.isUnattended = try await refunds.isUnattended(row)
        }
        return .effect(key: key, request)
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard let client = try await accounts.quickBooks(call.workspaceID) else { return Outcome() }
        do {
            var customerID: String?
            if let email = request.email { customerID = try await client.customer(email: email) }
            let document = try await client.post(QuickBooksDraft(request, customerID, call)).document
            return Outcome(documentID: document.id, total: document.total?.text)
        } catch let failure as ProviderFailure {
            // WHY: a saga shows a refusal of its own; of a refund without one nobody would hear.
            guard request.isUnattended == true, case .refused(let code, let message) = failure else { throw failure }
            return Outcome(refusal: Refusal(code: code, message: message))
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RecordRefundInBooks,
        in transaction: HandlerTransaction
    ) async throws -> RecordRefundInBooks.Reply {
        if request.isUnattended == true { try await tell(outcome, of: command.refundID, in: transaction) }
        guard let id = outcome.documentID else { return RecordRefundInBooks.Reply(documentID: nil) }
        try await reconcile(outcome.total, in: id, request, command.refundID, transaction)
        if let returnID = request.returnID {
            var goods = try await ReturnCase.lock(returnID, in: transaction)
            goods.row.externalIDs["quickbooks"] = id
            try await goods.save(
                ReturnHappening(
                    "return.refund_booked", "The refund is in QuickBooks as \(request.docNumber).",
                    externalRef: "quickbooks:\(id)", dedupeKey: id))
        }
        return RecordRefundInBooks.Reply(documentID: id)
    }

    /// People are told of a document that comes to another amount than was given back: companies that have QuickBooks reckon
    /// the tax may find a cent, or more, of difference.
    private func reconcile(
        _ total: String?, in document: String, _ request: Request, _ id: RefundID, _ transaction: HandlerTransaction
    ) async throws {
        guard let total, let amount = try request.amount,
            (try? Money(decimal: total, currency: amount.currency)) != amount
        else { return }
        let booked = "\(total) \(amount.currency)"
        let text = "QuickBooks has \(request.docNumber) at \(booked), and \(amount) were given back: correct it there."
        var fields = [
            "refund": "\(id)", "amount": "\(amount)", "booked_amount": booked, "quickbooks_document": document,
        ]
        fields["return"] = request.returnID.map { "\($0)" }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "refund_books_total/\(id)", title: "The books have another amount for a refund", text: text,
                    fields: fields, next: ["stateset refunds show \(id)"])),
            subject: id.description)
        guard let returnID = request.returnID else { return }
        ReturnTimeline(returnID, transaction).append(
            ReturnHappening(
                "return.books_differ", text, externalRef: "quickbooks:\(document)", dedupeKey: document))
    }

    private func tell(_ outcome: Outcome, of id: RefundID, in transaction: HandlerTransaction) async throws {
        let refunds = RefundStore(transaction)
        // WHY: under the lock of whoever tells of its money, so that one of the two sees what the other did.
        guard let orderID = try await refunds.find(id)?.orderID else { return }
        _ = try await LedgerStore(transaction).lock(orderID)
        guard let refund = try await refunds.find(id) else { return }
        let books = DirectRefundBooks(refund, transaction)
        if let refusal = outcome.refusal { try books.refused(refusal) }
        if let document = outcome.documentID { try await books.entered(as: document) }
    }
}

extension RecordRefundInBooksHandler.Request {
    /// What its document is to come to.
    fileprivate var amount: Money? {
        get throws {
            guard let currency = lines.first?.amount.currency else { return nil }
            return try Money.sum(lines.map(\.amount) + [tax].compactMap(\.self), in: currency)
        }
    }

    init(_ id: RefundID, _ refund: BookedRefund, of order: CanonicalOrder) {
        let titles = Dictionary(
            order.lines.map { ($0.id, $0.title.isEmpty ? $0.sku : $0.title) }, uniquingKeysWith: { first, _ in first })
        let booked =
            refund.calculation.map { BookedLines($0, titles: titles) }
            ?? BookedLines(refund.amount, reason: refund.reason ?? "Refund")
        docNumber = ReturnNumber.of(refund: "\(id)")
        requestID = "\(id)"
        isStoreCredit = refund.isStoreCredit
        email = order.customer.email
        lines = booked.lines.map { Line(description: $0.description, quantity: $0.quantity, amount: $0.amount) }
        tax = booked.tax
        memo = "Refund for order \(order.number)"
        privateNote = [refund.returnID.map { "\($0)" }, "\(id)", "order \(order.number)"].compactMap(\.self)
            .joined(separator: " ")
        paymentReference = refund.externalID
        returnID = refund.returnID
    }
}

extension QuickBooksDraft {
    fileprivate init(
        _ request: RecordRefundInBooksHandler.Request, _ customerID: String?, _ call: EffectCall
    ) {
        self.init(
            kind: request.isStoreCredit ? .creditMemo : .refundReceipt, docNumber: request.docNumber,
            requestID: request.requestID, date: BusinessDay.text(call.now), customerID: customerID,
            lines: request.lines.map {
                Line(description: $0.description, quantity: $0.quantity, amount: $0.amount)
            }, tax: request.tax, memo: request.memo, privateNote: request.privateNote,
            paymentReference: request.paymentReference)
    }
}
