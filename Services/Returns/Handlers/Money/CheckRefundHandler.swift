import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Looks how far a refund has come, in the shop and at Stripe. One whose money has gone back at Stripe, and that the shop
/// does not have yet, is sent on to the shop.
struct CheckRefundHandler: EffectHandler {
    typealias Message = CheckRefund

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "refund.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var shopOrder: String
        /// Our id of the refund.
        var reference: String
        /// As it was known; nil for a refund that gives nothing at Stripe.
        var atStripe: StripeShare?
    }

    struct Found: Codable, Sendable {
        /// The refund in the shop.
        struct InShop: Codable, Sendable {
            var id: String?
            var movements: [ShopifyTransaction]
        }

        var inShop: InShop?
        var atStripe: StripeShare?
    }

    func plan(
        _ command: CheckRefund, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, SendRefund.Reply> {
        guard let refund = try await RefundStore(transaction).find(command.refundID) else {
            throw Refusal(code: "not_found", message: "There is no refund \(command.refundID).")
        }
        let share = try await StripeRefundStore(transaction).share(of: refund.id)
        // WHY: a failure at Stripe is told by nobody but Stripe, whatever the shop has recorded.
        guard refund.status != .requested, refund.isOnItsWay || share != nil,
            let shopID = try await OrderView(transaction).shopID(of: refund.orderID)
        else { return .reply(SendRefund.Reply(status: refund.status, error: refund.error)) }
        return .read(Request(shopOrder: shopID, reference: refund.id.description, atStripe: share))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Found {
        let shop = try await accounts.shopify(call.workspaceID)
        let refund = try await shop.refund(of: ShopifyID(request.shopOrder), reference: request.reference)
        return Found(
            inShop: refund.map { Found.InShop(id: $0.id?.text, movements: $0.transactions ?? []) },
            atStripe: try await read(request.atStripe, call))
    }

    private func read(_ share: StripeShare?, _ call: EffectCall) async throws -> StripeShare? {
        guard var share else { return nil }
        let client = try await accounts.stripe(call.workspaceID)
        for index in share.parts.indices {
            guard let id = share.parts[index].externalID else { continue }
            let refund = try await client.refund(id)
            share.parts[index].hear(refund, at: call.now)
        }
        return share
    }

    func settle(
        _ found: Found, of request: Request, for command: CheckRefund, in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        if let news = try await news(found, of: command.refundID, in: transaction) {
            try await RefundSettlement(transaction: transaction).settle(command.refundID, news)
            if let refusal = news.unrecorded {
                try UnrecordedRefund(command.refundID, request.shopOrder).alert(refusal, in: transaction)
            }
        }
        try await sendOn(command.refundID, found, in: transaction)
        try await PendingRefund(command.refundID).watch(in: transaction)
        let refund = try await RefundStore(transaction).find(command.refundID)
        return SendRefund.Reply(status: refund?.status ?? .pending, error: refund?.error)
    }

    /// Nil where nothing was found.
    private func news(
        _ found: Found, of id: RefundID, in transaction: HandlerTransaction
    ) async throws -> RefundNews? {
        if let inShop = found.inShop {
            return ShopRefund(id: inShop.id, movements: inShop.movements, atStripe: found.atStripe).news
        }
        guard let parts = found.atStripe?.parts, let orderID = try await RefundStore(transaction).find(id)?.orderID,
            try await LedgerStore(transaction).lock(orderID) != nil,
            let refund = try await RefundStore(transaction).lock(id)
        else { return nil }
        return RefundNews(atStripe: parts, since: refund.status)
    }

    private func sendOn(_ id: RefundID, _ found: Found, in transaction: HandlerTransaction) async throws {
        guard found.inShop == nil, found.atStripe?.isGiven == true,
            let refund = try await RefundStore(transaction).find(id), refund.isOnItsWay
        else { return }
        try transaction.send(SendRefund(refundID: id), subject: id.description)
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
        guard let refund = try await refunds.find(id), refund.isOnItsWay, try await refunds.isUnattended(refund) else {
            return
        }
        try await transaction.schedule(
            CheckRefund(refundID: id), at: transaction.now.addingTimeInterval(Duration.days(1).timeInterval),
            subject: id.description)
    }
}

extension RefundStore.Row {
    /// Whether a provider has it and has not said its last word.
    var isOnItsWay: Bool { status == .pending || status == .requiresAction }
}
