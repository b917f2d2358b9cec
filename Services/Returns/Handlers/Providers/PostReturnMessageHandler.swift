import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Writes to the customer on the helpdesk's ticket, once for each message of each life of a return, for each label that
/// took another's place, and for each refund.
///
/// What the helpdesk does not take is told on the return and refuses nothing.
struct PostReturnMessageHandler: EffectHandler {
    typealias Message = PostReturnMessage

    private static let tag = "stateset-return"

    let accounts: ProviderAccounts
    // WHY: helpdesks have no key of their own; a slow first request may still land.
    let effect = EffectKind("helpdesk", "message.post", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var returnID: ReturnID
        var helpdesk: ReturnRequest.Helpdesk
        var key: String
        var text: String
        /// The same in the other languages, for the ticket's; nil where the customer's own is known.
        var translations: [String: String]?
        var documentID: DocumentID?
        /// Of what the carrier takes in the place of a label.
        var paperlessID: DocumentID?
        /// For the ticket's fields, with the message that brings them.
        var numbers: Numbers?
    }

    struct Numbers: Codable, Sendable {
        var returnNumber: String
        var trackingNumber: String?
    }

    enum Outcome: Codable, Sendable {
        /// - Parameter isSent: false where the helpdesk sends it later, or has not managed to.
        case posted(id: String, isSent: Bool? = nil)
        case refused(Refusal)
    }

    func plan(
        _ command: PostReturnMessage, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, Done> {
        let goods = try await ReturnCase.lock(command.returnID, in: transaction)
        let row = goods.row
        guard let helpdesk = row.request.helpdesk else { return .reply(Done()) }
        let replacement = command.message == .label && row.label?.replaces != nil ? row.label : nil
        // WHY: the return may be over, or its goods here, before a helpdesk that was away is told of a label.
        let isAwaited = row.status.holdsUnits && row.receivedAt == nil
        if command.message == .label, !isAwaited || replacement?.isVoided == true { return .reply(Done()) }
        // So may a review.
        if command.message == .inReview, row.status != .inReview { return .reply(Done()) }
        let documentID = command.message == .label && row.label?.isVoided == false ? row.label?.documentID : nil
        let order = try await OrderView(transaction).document(of: row.orderID)
        let bonus = command.message == .refunded ? try await Self.bonus(row, transaction) : nil
        let isRejection = command.message == .rejected || command.message == .unrefunded
        let rejection = isRejection ? try await RejectionWords.of(row, in: transaction) : RejectionWords()
        let texts = try ReturnLanguages.all.map { code, words in
            let text = ReturnMessageText(
                record: goods.before, orderNumber: order.number, hasDocument: documentID != nil, words: words,
                bonus: bonus, subscription: row.subscriptionChange, rejection: rejection,
                review: command.version.flatMap(ReviewStage.init(rawValue:)) ?? .request)
            return (code, try text.text(command.message))
        }
        let refund =
            command.message == .refunded
            ? try await RefundStore(transaction).newsKey(of: row.refundID, for: row.id) : nil
        let versions = [replacement?.id, refund, command.version].compactMap(\.self)
        let key = ([row.key, command.message.rawValue] + versions).joined(separator: "/")
        // WHY: mails go by the same two, so that a customer reads one language everywhere.
        let language = ReturnLanguages.code(for: [row.request.locale, order.customer.locale])
        let known = texts.first { $0.0 == language }
        return .effect(
            key: "message.post:\(key)",
            Request(
                returnID: row.id, helpdesk: helpdesk, key: key, text: (known ?? texts[0]).1,
                translations: known == nil ? Dictionary(texts.dropFirst()) { first, _ in first } : nil,
                documentID: documentID,
                paperlessID: documentID == nil ? nil : row.label?.paperless?.documentID,
                numbers: command.message == .label ? Self.numbers(row) : nil))
    }

    private static func bonus(_ row: ReturnRow, _ transaction: HandlerTransaction) async throws -> Money? {
        guard let id = row.refundID, let refund = try await RefundStore(transaction).find(id) else { return nil }
        return try await BonusStore(transaction).granted(with: refund)
    }

    private static func numbers(_ row: ReturnRow) -> Numbers {
        Numbers(returnNumber: ReturnNumber.of(returnKey: row.key), trackingNumber: row.label?.trackingNumber)
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        do {
            let helpdesk = try await accounts.helpdesk(request.helpdesk.provider, call.workspaceID)
            let files = try await accounts.documents(
                [request.documentID, request.paperlessID].compactMap(\.self), call.workspaceID)
            // WHY: before the message, which may be found afterwards without another call.
            try await mark(request, at: helpdesk)
            let posted = try await helpdesk.post(
                HelpdeskDraft(
                    key: request.key, isPublic: true, text: request.text, translations: request.translations ?? [:],
                    attachments: files.map { .init(name: $0.name, contentType: $0.contentType, bytes: $0.bytes) }),
                onTicket: request.helpdesk.ticketID)
            return .posted(id: posted.id, isSent: posted.delivery == .delivered)
        } catch let failure as ProviderFailure {
            switch failure {
            case .refused, .unauthorized:
                return .refused(Refusal(code: failure.code, message: failure.message))
            case .transient, .unknownOutcome, .postponed:
                throw failure
            }
        }
    }

    /// Tag and fields are nothing that a message depends on; the same ones twice are one.
    private func mark(_ request: Request, at helpdesk: any Helpdesk) async throws {
        let ticketID = request.helpdesk.ticketID
        do {
            try await helpdesk.addTags([Self.tag], toTicket: ticketID)
            guard let numbers = request.numbers else { return }
            let fields = helpdesk.fields(
                returnNumber: numbers.returnNumber, trackingNumber: numbers.trackingNumber)
            if !fields.isEmpty { try await helpdesk.setFields(fields, ofTicket: ticketID) }
        } catch {
            switch error {
            case .refused, .unauthorized: return
            case .unknownOutcome(let code, let message):
                throw ProviderFailure.transient(code: code, message: message, retryAfter: nil)
            case .transient, .postponed: throw error
            }
        }
    }

    func probe(_ request: Request, for call: EffectCall) async throws -> Outcome? {
        try await present(request, call).first.map {
            .posted(id: $0.id, isSent: $0.delivery == .delivered)
        }
    }

    func duplicates(of request: Request, for call: EffectCall) async throws -> [String] {
        let present = try await present(request, call).map(\.id)
        return present.count > 1 ? present : []
    }

    private func present(_ request: Request, _ call: EffectCall) async throws -> [HelpdeskMessage] {
        let helpdesk = try await accounts.helpdesk(request.helpdesk.provider, call.workspaceID)
        return try await helpdesk.messages(ofTicket: request.helpdesk.ticketID).filter { $0.key == request.key }
    }

    func report(
        duplicates: [String], of request: Request, in transaction: HandlerTransaction
    ) async throws {
        var goods = try await ReturnCase.lock(request.returnID, in: transaction)
        try await goods.save(
            ReturnHappening(
                "return.message_duplicated", "The customer has a message more than once: \(request.key).",
                externalRef: duplicates.first.map { "\(request.helpdesk.provider):\($0)" }, dedupeKey: request.key))
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: PostReturnMessage, in transaction: HandlerTransaction
    ) async throws -> Done {
        let happening =
            switch outcome {
            case .posted(let id, _):
                ReturnHappening(
                    "return.message_posted", "The customer was written to on the ticket: \(command.message.rawValue).",
                    externalRef: "\(request.helpdesk.provider):\(id)", dedupeKey: request.key)
            case .refused(let refusal):
                ReturnHappening(
                    "return.message_failed",
                    "The message '\(command.message.rawValue)' could not be written: \(refusal.message)",
                    externalRef: "\(request.helpdesk.provider):\(request.helpdesk.ticketID)", dedupeKey: request.key)
            }
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        try await goods.save(happening)
        if case .posted(_, false?) = outcome {
            try await CheckReturnMessageHandler.schedule(
                CheckReturnMessage(returnID: command.returnID, message: command.message, key: request.key),
                in: transaction)
        }
        return Done()
    }
}
