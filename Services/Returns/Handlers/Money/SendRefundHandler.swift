import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Has the shop give the money of a refund back.
///
/// The refund's id stands in the shop's note, and is its idempotency key where the version has one: found there, it is
/// not made again.
struct SendRefundHandler: EffectHandler {
    typealias Message = SendRefund

    let accounts: ProviderAccounts
    // LIMIT: versions without idempotency keys list a refund at once when it is made; a slow request ends in a minute.
    var effect = EffectKind("shopify", "refund.create", recovery: .probe(settleTime: .seconds(30)))

    func plan(
        _ command: SendRefund, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<ShopRefundRequest, SendRefund.Reply> {
        guard let refund = try await RefundStore(transaction).find(command.refundID) else {
            throw Refusal(code: "not_found", message: "There is no refund \(command.refundID).")
        }
        // WHY: where the shop has told of it before our own call's answer came, that call is still to be ended.
        var isToSend = refund.status == .requested
        if !isToSend { isToSend = try await isOpen(refund, in: transaction) }
        guard isToSend else {
            return .reply(SendRefund.Reply(status: refund.status, error: refund.error))
        }
        guard let shopID = try await OrderView(transaction).shopID(of: refund.orderID) else {
            return .reply(try await refuse(refund, .noProvider, in: transaction))
        }
        if refund.status == .requested, let error = try await overtaken(refund, in: transaction) {
            return .reply(try await refuse(refund, error, in: transaction))
        }
        var request = try await ShopRefundRequest(refund, shopOrder: shopID, in: transaction)
        request.isMade = refund.status == .requested ? nil : true
        return .effect(key: SendRefund.effectKey(refund.id), request)
    }

    /// Why a refund of a return is not sent any more: an earlier one has given something after it was reckoned, or somebody
    /// has refunded such units in the shop.
    private func overtaken(
        _ refund: RefundStore.Row, in transaction: HandlerTransaction
    ) async throws -> Refusal? {
        guard let returnID = refund.returnID, let ledger = try await LedgerStore(transaction).lock(refund.orderID)
        else { return nil }
        let refunds = RefundStore(transaction)
        if try await refunds.succeeded(of: returnID) != nil { return .stands }
        let given = try await RefundPartStore(of: ledger, transaction).standing(of: returnID)
            .refunded(in: ledger.sale.currency)
        guard try await refunds.calculation(of: refund.id)?.givenBefore == given else { return .givenMeanwhile }
        // WHY: what a call may have made already is looked for there, whatever has come about since.
        guard try await !refunds.hasOpenEffect(SendRefund.effectKey(refund.id)) else { return nil }
        return try await ReturnStore(transaction).shopRefund(of: returnID)
    }

    /// Whether a sending has no end yet of a refund that the shop has: looked for there, it is found and not made again.
    private func isOpen(_ refund: RefundStore.Row, in transaction: HandlerTransaction) async throws -> Bool {
        guard refund.externalID != nil else { return false }
        return try await RefundStore(transaction).hasOpenEffect(SendRefund.effectKey(refund.id))
    }

    func perform(_ request: ShopRefundRequest, for call: EffectCall) async throws -> RefundNews {
        // WHY: what the shop has told of is not made again because it is not found there; a person has to look.
        guard request.isMade != true else {
            throw ProviderFailure.unknownOutcome(
                code: "refund_not_found", message: "The shop has told of refund \(request.reference) and shows none.")
        }
        do {
            return try await send(request, call)
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: an earlier sending that arrived after all leaves nothing to give back; its money has moved.
            if let made = try await probe(request, for: call) { return made }
            return RefundNews(
                status: .failed, provider: ShopifySettings.provider, externalID: nil,
                error: Refusal(code: code, message: message))
        }
    }

    private func send(_ request: ShopRefundRequest, _ call: EffectCall) async throws -> RefundNews {
        let shop = try await accounts.shopify(call.workspaceID)
        let transactions = try await shop.transactions(of: ShopifyID(request.shopOrder))
        if let paid = request.otherCurrency(transactions) { throw ProviderFailure.paidInAnother(paid, request) }
        let refund = try await shop.createRefund(request.draft(transactions))
        return ShopRefund(refund, movements: refund.transactions ?? []).news
    }

    func probe(_ request: ShopRefundRequest, for call: EffectCall) async throws -> RefundNews? {
        let shop = try await accounts.shopify(call.workspaceID)
        let refund = try await shop.refund(of: ShopifyID(request.shopOrder), reference: request.reference)
        return refund.map { ShopRefund($0, movements: $0.transactions ?? []).news }
    }

    func duplicates(of request: ShopRefundRequest, for call: EffectCall) async throws -> [String] {
        let shop = try await accounts.shopify(call.workspaceID)
        let all = try await shop.refunds(of: ShopifyID(request.shopOrder))
        let ours = all.filter { $0.carries(reference: request.reference) }.compactMap(\.id?.text)
        return ours.count > 1 ? ours : []
    }

    func settle(
        _ news: RefundNews, of request: ShopRefundRequest, for command: SendRefund, in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        let status = try await RefundSettlement(transaction: transaction).settle(command.refundID, news)
        try await PendingRefund(command.refundID).watch(in: transaction)
        return SendRefund.Reply(status: status ?? news.status, error: news.error)
    }

    /// Ends a refund that is not sent at all.
    private func refuse(
        _ refund: RefundStore.Row, _ error: Refusal, in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        try await RefundSettlement(transaction: transaction).settle(
            refund.id, RefundNews(status: .failed, provider: "none", externalID: nil, error: error))
        return SendRefund.Reply(status: .failed, error: error)
    }
}

extension ProviderFailure {
    /// WHY: the shop gives back in the currency that was paid in. An order that was known here before its two currencies
    /// were told apart has its ledger in the shop's, whose amounts are none of the customer's money.
    fileprivate static func paidInAnother(_ currency: String, _ request: ShopRefundRequest) -> ProviderFailure {
        .refused(
            code: "foreign_currency",
            message:
                "The customer paid in \(currency), and the order's money is known here in \(request.currency): give it "
                + "back in the shop, in \(currency), and reject the return or leave the refund failed here.")
    }
}

extension Refusal {
    /// An order that no payment provider knows.
    fileprivate static let noProvider = Refusal(
        code: "no_payment_provider", message: "The order has no shop that could give its money back; do it by hand.")
    /// One that had failed has arrived while this one was on its way to the shop.
    fileprivate static let stands = Refusal(
        code: "refund_stands", message: "An earlier refund of the return has arrived: its money is not given again.")
    /// What one that had failed gives all the same has changed since this one was reckoned.
    fileprivate static let givenMeanwhile = Refusal(
        code: "refund_given_meanwhile",
        message: "What an earlier refund of the return has given is not what was reckoned with; approved, it is anew.")
}

/// Looks in the shop how far a refund has come.
struct CheckRefundHandler: EffectHandler {
    typealias Message = CheckRefund

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "refund.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var shopOrder: String
    }

    func plan(
        _ command: CheckRefund, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SendRefund.Reply> {
        guard let refund = try await RefundStore(transaction).find(command.refundID) else {
            throw Refusal(code: "not_found", message: "There is no refund \(command.refundID).")
        }
        guard refund.status == .pending || refund.status == .requiresAction,
            let shopID = try await OrderView(transaction).shopID(of: refund.orderID)
        else { return .reply(SendRefund.Reply(status: refund.status, error: refund.error)) }
        return .read(Request(shopOrder: shopID))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> [RefundID: RefundNews] {
        let shop = try await accounts.shopify(call.workspaceID)
        let refunds = try await shop.refunds(of: ShopifyID(request.shopOrder))
        let news = refunds.flatMap { refund in
            refund.references.compactMap(RefundID.init).map {
                ($0, ShopRefund(refund, movements: refund.transactions ?? []).news)
            }
        }
        return Dictionary(news) { first, _ in first }
    }

    func settle(
        _ outcome: [RefundID: RefundNews], of request: Request, for command: CheckRefund,
        in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        if let news = outcome[command.refundID] {
            try await RefundSettlement(transaction: transaction).settle(command.refundID, news)
        }
        try await PendingRefund(command.refundID).watch(in: transaction)
        let refund = try await RefundStore(transaction).find(command.refundID)
        return SendRefund.Reply(status: refund?.status ?? .pending, error: refund?.error)
    }
}

/// A refund whose provider has not said its last word. A return's saga asks by itself; for every other refund this does,
/// once a day, so that a lost webhook leaves none pending for ever.
struct PendingRefund: Sendable {
    private let id: RefundID

    init(_ id: RefundID) {
        self.id = id
    }

    func watch(in transaction: HandlerTransaction) async throws {
        let refunds = RefundStore(transaction)
        guard let refund = try await refunds.find(id), refund.status == .pending || refund.status == .requiresAction,
            try await refunds.isUnattended(refund)
        else { return }
        try await transaction.schedule(
            CheckRefund(refundID: id), at: transaction.now.addingTimeInterval(Duration.days(1).timeInterval),
            subject: id.description)
    }
}
